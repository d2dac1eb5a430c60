import { afterAll, beforeAll, expect, test } from 'vitest'
import { parse } from 'yaml'
import { extractText, getDocumentProxy } from 'unpdf'
import { reportPage } from '../../../dashboards/reports/report-page.ts'
import { readReportContent } from '../../../dashboards/reports/report-content.ts'
import { recordAccess } from '../../../orchestrator/ledger/access-log.ts'
import { configText, exportConfig } from '../../../orchestrator/config-file/export-config.ts'
import { putClosingDay } from '../../../orchestrator/ledger/closing-days.ts'
import { putDeployment, putHospital } from '../../../orchestrator/ledger/setup.ts'
import { csvRows } from '../../../orchestrator/triggers/list/csv-rows.ts'
import { BASELINE } from '../../orchestrator/savings/golden-case.ts'
import { readWorkbook } from '../reports/read-workbook.ts'
import { HOSTILE } from './items/hostile-strings.ts'
import { openTestServer, type TestServer } from './open-server.ts'

const FORMULA = /^[\s\u200B]*[=+\-@\uFF1D]/
const PERIOD = { from: '2026-03-01', to: '2026-03-31', today: '2026-03-31' } as const

let server: TestServer
beforeAll(async () => {
  server = await openTestServer()
})
afterAll(() => server[Symbol.asyncDispose]())

/** As PostgreSQL keeps text, which has no NUL and no halves of characters; so long as a name may be. */
const kept = (text: string) => text.toWellFormed().replaceAll('\0', '').slice(0, 150)

/** What every name of a report is called now: hospital, norm, robot, who is responsible, a setting, a closing day. */
async function nameEverything(text: string): Promise<void> {
  const { db } = server.installation
  // A baseline stays as it was entered: it has the first of the names.
  const first = (await db.selectFrom('deployment').select('id').execute()).length === 0
  const norm = { validFrom: '2025-01-01', name: text, hoursPerYear: 1440 }
  await putHospital(db, { id: 'noord', name: text, norms: [norm] })
  await putDeployment(db, {
    ...{ id: 'noord-named', hospital: 'noord', bot: text, mode: 'live', systems: {} },
    ...{ settings: { [text]: text }, responsible: text, outsideSeconds: 60, parkedShare: 0 },
    ...{ triggers: [], baselines: first ? [{ ...BASELINE, measuredBy: text }] : [] },
  })
  await putClosingDay(db, { hospital: 'noord', account: 'test' }, { day: '2026-12-24', name: text })
  const count = { deployment: 'noord-named', day: '2026-03-10', variant: 'plain', outcome: 'done' }
  await db
    .insertInto('day_count')
    .values({ ...count, human_seconds: 0, items: 40, counting: 40, shares: '40' })
    .onConflict((conflict) => conflict.doNothing())
    .execute()
}

test.each(HOSTILE)('%s as a name runs in no export', { timeout: 120_000 }, async (_, raw) => {
  const text = kept(raw)
  await nameEverything(text)
  const client = await server.as('administrator', 'noord')
  const report = async (format: string) => {
    const query = `from=${PERIOD.from}&to=${PERIOD.to}&format=${format}&language=nl`
    const answer = await client.fetch(`/api/programme/report?${query}`)
    expect(answer.status).toBe(200)
    expect(answer.headers.get('content-disposition')).toContain('attachment')
    expect(answer.headers.get('x-content-type-options')).toBe('nosniff')
    return Buffer.from(await answer.arrayBuffer())
  }
  const rows = csvRows(await report('csv'))
  expect(rows).toHaveLength(2)
  for (const { cells } of rows) {
    expect(cells).toHaveLength(rows[0]?.cells.length ?? 0)
    for (const cell of cells) expect(Number.isNaN(Number(cell)) && FORMULA.test(cell) ? cell : '').toBe('')
  }
  for (const { cells } of csvRows(await report('csv-counts')))
    for (const cell of cells) expect(Number.isNaN(Number(cell)) && FORMULA.test(cell) ? cell : '').toBe('')
  const sheets = readWorkbook(await report('xlsx'))
  expect(JSON.stringify([...sheets])).not.toMatch(/[\0\u0001\u202E\u2066]/)
  expect(sheets.get('Samenvatting')?.[1]?.[0]).toBe(text.replaceAll(/[\u202E\u2066\u200B\uFFFD]/g, ''))
  const inside = { ...PERIOD, hospitals: ['noord'], seesItemsOf: ['noord'], lists: false }
  const page = reportPage(await readReportContent(server.installation.db, inside), 'nl')
  expect(page).not.toMatch(/<script>window|<img src=x|<b>/)
})

test.each(HOSTILE)('%s comes back out of the YAML as it went in', async (_, raw) => {
  const text = kept(raw)
  await nameEverything(text)
  const config = await exportConfig(server.installation.db, 'noord')
  expect(parse(configText(config))).toEqual(config)
  const [hospital] = config.hospitals
  expect(hospital).toMatchObject({ name: text, norms: [{ name: text }], closingDays: [{ name: text }] })
  expect(hospital?.deployments.find(({ id }) => id === 'noord-named')).toMatchObject({
    responsible: text,
    settings: { [text]: text },
  })
})

test('the access log names accounts and systems that a spreadsheet would run, as text', async () => {
  const { db } = server.installation
  const patient = '00'.repeat(32)
  for (const [, raw] of HOSTILE) {
    const text = kept(raw)
    await recordAccess(db, {
      ...{ hospital: 'noord', actor: { kind: 'machine', id: text }, responsible: text, action: 'read' },
      ...{
        subject: { kind: 'patient', id: patient },
        outcome: 'given',
        systems: [text],
        patients: [patient],
      },
    })
  }
  const client = await server.as('it', 'noord')
  for (const [, raw] of HOSTILE) {
    const body = { actor: kept(raw).trim().slice(0, 100) }
    const file = await client.fetch('/api/hospitals/noord/access-log/export', { method: 'POST', body })
    expect([200, 400]).toContain(file.status)
    if (file.status === 400) continue
    const rows = csvRows(Buffer.from(await file.arrayBuffer()))
    for (const { cells } of rows) {
      expect(cells).toHaveLength(9)
      for (const cell of cells) expect(FORMULA.test(cell) ? cell : '').toBe('')
    }
  }
})

test('a PDF prints it as text', { timeout: 60_000 }, async () => {
  await nameEverything('<script>window.hit=1</script><img src=x onerror="window.hit=1">')
  const client = await server.as('administrator', 'noord')
  const answer = await client.fetch(
    '/api/programme/report?from=2026-03-01&to=2026-03-31&format=pdf&language=nl',
  )
  const { text } = await extractText(await getDocumentProxy(new Uint8Array(await answer.arrayBuffer())), {
    mergePages: true,
  })
  expect(text.replaceAll(/\s+/g, '')).toContain('<script>window.hit=1</script>')
})
