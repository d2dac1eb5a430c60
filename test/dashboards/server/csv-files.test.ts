import { expect, test } from 'vitest'
import { Done } from '../../../dashboards/server/door/account-schemas.ts'
import { TimeUseFound } from '../../../dashboards/server/programme/value-schemas.ts'
import { ReportFigures } from '../../../dashboards/server/reports/report-schemas.ts'
import { Imports, Reporting, Taken } from '../../../dashboards/server/reported/reported-schemas.ts'
import { putDeployment } from '../../../orchestrator/ledger/setup.ts'
import { readWorkbook } from '../reports/read-workbook.ts'
import { openTestServer } from './open-server.ts'

/** Six minutes, so that ten items are an hour. */
const baseline = {
  ...{ variant: 'plain', minutes: 6, method: 'estimate' as const, measuredBy: 'account-1' },
  ...{ measuredOn: '2020-01-01', validFrom: '2020-01-01', remeasureOn: '2099-01-01' },
}

const formOf = (lines: readonly string[], fields: Readonly<Record<string, string>> = {}) => {
  const form = new FormData()
  for (const [name, value] of Object.entries(fields)) form.set(name, value)
  form.set('file', new File([lines.join('\r\n')], 'list.csv', { type: 'text/csv' }))
  return form
}

const HEAD = 'deployment,reference,variant,outcome,completedAt'
const items = (count: number) =>
  Array.from({ length: count }, (_, n) => `noord-invoices,F-${n},plain,done,2026-03-31T10:00:00Z`)

test('items come in from a file, whole or not at all; the report tells the same hours on screen and in Excel', async () => {
  await using server = await openTestServer()
  await putDeployment(server.installation.db, {
    ...{ id: 'noord-invoices', hospital: 'noord', bot: 'invoices', mode: 'live', activity: 'finance' },
    ...{ settings: {}, systems: {}, responsible: 'account-1', outsideSeconds: 0, parkedShare: 0 },
    ...{ triggers: [], baselines: [baseline] },
  })
  const robot = await server.as('administrator', 'noord')
  const path = '/api/hospitals/noord/reported-items'
  expect(await robot.ask(Reporting, `${path}/deployments`)).toMatchObject({
    deployments: [{ id: 'noord-invoices', mode: 'live', activity: 'finance', variants: ['plain'] }],
    asked: [],
  })
  const send = (lines: readonly string[]) => ({ method: 'POST', form: formOf(lines) }) as const
  const wrong = await robot.fetch(`${path}/file`, send([HEAD, ...items(2), 'gone,F-9,plain,done,2026-03-31']))
  expect(wrong.status).toBe(400)
  const refusal = await wrong.json()
  expect(refusal).toMatchObject({
    error: { code: 'rows-invalid', rows: [{ number: 4, code: 'field-invalid' }] },
  })
  expect(JSON.stringify(refusal)).toContain('row 4: field completedAt')
  expect((await robot.ask(Imports, `${path}/imports`)).rows).toEqual([])
  expect(await robot.ask(Taken, `${path}/file`, send([HEAD, ...items(10)]))).toMatchObject({ taken: 10 })
  const day = '2026-03-31'
  expect((await robot.ask(Imports, `${path}/imports`)).rows).toMatchObject([
    {
      ...{ items: 10, by: 'administrator.noord', source: 'file', withdrawn: null },
      digest: expect.stringMatching(/^[0-9a-f]{64}$/),
      deployments: [{ deployment: 'noord-invoices', items: 10, from: day, to: day }],
    },
  ])

  const office = await server.as('programme', 'noord')
  expect((await office.fetch(`${path}/file`, send([HEAD, ...items(1)]))).status).toBe(403)
  const period = 'from=2026-03-01&to=2026-03-31'
  const figures = await office.ask(ReportFigures, `/api/programme/report/figures?${period}`)
  expect(figures.total.netHours).toBe(1)
  const file = await office.fetch(`/api/programme/report?${period}&format=xlsx&language=en`)
  const summary = readWorkbook(new Uint8Array(await file.arrayBuffer())).get('Summary') ?? []
  expect(summary.slice(1).map(([name, hours]) => [name, hours])).toEqual([
    ...figures.hospitals.map(({ name, netHours }) => [name, netHours]),
    ['All hospitals together', figures.total.netHours],
  ])
  const foreign = await office.fetch(`/api/programme/report/figures?${period}&hospital=zuid`)
  expect(foreign.status).toBe(404)
})

test('time use comes in from a file, whole or not at all', async () => {
  await using server = await openTestServer()
  const office = await server.as('programme', 'noord')
  const path = '/api/hospitals/noord/time-use/2025'
  const send = (...lines: string[]) =>
    ({
      method: 'PUT',
      form: formOf(['staffGroup,hours,activity,share', ...lines], { source: 'meting' }),
    }) as const
  await office.ask(Done, `${path}/file`, send('Polikliniek,20000,planning,0.21'))
  const kept = {
    source: 'meting',
    groups: [{ name: 'Polikliniek', hours: '20000.0', shares: [{ activity: 'planning', share: '0.2100' }] }],
  }
  expect(await office.ask(TimeUseFound, path)).toEqual(kept)
  const wrong = await office.fetch(`${path}/file`, send('Lab,9,planning,0.1', 'Lab,9,finance,1.5'))
  expect(wrong.status).toBe(400)
  expect(await wrong.text()).toContain('row 3: field share')
  expect(await office.ask(TimeUseFound, path)).toEqual(kept)
  const auditor = await server.as('auditor', 'noord')
  expect((await auditor.fetch(`${path}/file`, send('Lab,9,planning,0.1'))).status).toBe(403)
})
