import { expect, test } from 'vitest'
import { putDeployment } from '../../../orchestrator/ledger/setup.ts'
import { readWorkbook } from '../reports/read-workbook.ts'
import { openTestServer } from './open-server.ts'

const path = '/api/programme/report?from=2026-01-01&to=2026-03-31'

test('the report is offered as a file, of one’s own hospitals only', async () => {
  await using server = await openTestServer()
  for (const hospital of ['noord', 'zuid'])
    await putDeployment(server.installation.db, {
      ...{ id: `${hospital}-planner`, hospital, bot: 'planner', mode: 'live', settings: {}, systems: {} },
      ...{ responsible: 'account-1', outsideSeconds: 0, parkedShare: 0, triggers: [], baselines: [] },
    })
  const office = await server.as('programme', 'zuid')
  const xlsx = await office.fetch(`${path}&format=xlsx&language=en`)
  expect(xlsx.headers.get('content-disposition')).toContain('ontregel-savings-2026-01-01-2026-03-31.xlsx')
  const sheets = readWorkbook(new Uint8Array(await xlsx.arrayBuffer()))
  expect(
    sheets
      .get('Deployments')
      ?.slice(1)
      .map((row) => row[1]),
  ).toEqual(['zuid-planner'])
  expect(
    sheets
      .get('Summary')
      ?.slice(1)
      .map(([name]) => name),
  ).toEqual(['Ziekenhuis zuid', 'All hospitals together'])
  const csv = await office.fetch(`${path}&format=csv`)
  expect(await csv.text()).not.toContain('noord')
  const counts = await office.fetch(`${path}&format=csv-counts`)
  expect(counts.headers.get('content-disposition')).toContain(
    'ontregel-savings-counts-2026-01-01-2026-03-31.csv',
  )
  expect(await counts.text()).toMatch(
    /^from,until,hospital,deployment,day,variant,outcome,kind,items,.*\r\n$/,
  )
  const foreign = await office.fetch(`${path}&format=csv&hospital=noord`)
  expect(foreign.status).toBe(404)
  expect((await office.fetch(`${path}&format=doc`)).status).toBe(400)
  // Hundreds of months are refused, in the same way for screen and files.
  const centuries = 'from=1000-01-01&to=2026-03-31'
  for (const long of [
    `report?${centuries}&format=xlsx`,
    `savings?${centuries}`,
    `savings/trend?${centuries}`,
  ]) {
    const refused = await office.fetch(`/api/programme/${long}`)
    expect(refused.status, long).toBe(400)
    expect(await refused.json(), long).toMatchObject({ error: { code: 'period-too-long', field: 'from' } })
  }
  expect((await server.nobody.fetch(`${path}&format=csv`)).status).toBe(401)
})
