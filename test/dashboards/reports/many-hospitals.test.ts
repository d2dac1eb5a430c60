import { getDocumentProxy } from 'unpdf'
import { sql } from 'kysely'
import { expect, test } from 'vitest'
import { readReportContent } from '../../../dashboards/reports/report-content.ts'
import { reportPage } from '../../../dashboards/reports/report-page.ts'
import { savingsPdf } from '../../../dashboards/reports/savings-pdf.ts'
import { bots } from '../../../bots/index.ts'
import { putDeployment, putHospital, type BaselineSetup } from '../../../orchestrator/ledger/setup.ts'
import type { LedgerDatabase } from '../../../orchestrator/ledger/tables.ts'
import { noteActivities } from '../../../orchestrator/savings/activities.ts'
import { openTestLedger } from '../../orchestrator/savings/test-ledger.ts'

const PERIOD = { from: '2025-04-01', to: '2026-03-31', today: '2026-04-01' } as const
const HOSPITALS = Array.from({ length: 40 }, (_, place) => `hospital-${String(place + 1).padStart(2, '0')}`)

/** 40 hospitals with names of a usual length that run every robot, each with counts of a year, and phases. */
async function fill(db: LedgerDatabase): Promise<void> {
  await noteActivities(db, bots.values())
  const norm = { validFrom: '2020-01-01', name: 'planning', hoursPerYear: 1440 }
  const [first, ...others] = [...bots.keys()]
  const baseline: BaselineSetup = {
    ...{ variant: 'plain', minutes: 6.125, method: 'stopwatch', n: 25, spreadMinutes: 1.5 },
    ...{
      measuredBy: 'account-1',
      measuredOn: '2024-01-01',
      validFrom: '2024-01-01',
      remeasureOn: '2030-01-01',
    },
  }
  for (const id of HOSPITALS) {
    await putHospital(db, { id, name: `Streekziekenhuis ${id.slice(-2)}, locatie Noord`, norms: [norm] })
    for (const bot of [first ?? '', ...others])
      await putDeployment(db, {
        ...{ id: `${id}-${bot}`, hospital: id, bot, mode: 'live', settings: {}, systems: {} },
        ...{
          responsible: 'account-1',
          outsideSeconds: 0,
          parkedShare: 0,
          triggers: [],
          baselines: [baseline],
        },
      })
  }
  await sql`INSERT INTO day_count (deployment, day, variant, outcome, items, counting, shares, human_seconds)
    SELECT id, month::date, 'plain', 'done', 400, 400, 400, 0 FROM deployment,
      generate_series('2025-04-01'::date, '2026-03-01'::date, '1 month') month`.execute(db)
  await sql`INSERT INTO adoption (hospital, bot, since, phase, account)
    SELECT hospital, bot, '2025-09-28', 'scaled-up', 'account-1' FROM deployment`.execute(db)
}

test('the PDF of 40 hospitals stays a few pages that a board can read', { timeout: 240_000 }, async () => {
  await using ledger = await openTestLedger()
  await fill(ledger.db)
  const question = { ...PERIOD, hospitals: HOSPITALS, seesItemsOf: [], lists: false }
  const report = await readReportContent(ledger.db, question)
  expect(report.adoption).toHaveLength(40 * bots.size)
  expect(reportPage(report, 'nl').split('Opgeschaald, 28 sep 2025')).toHaveLength(40 * bots.size + 1)
  const options = { chromium: undefined, environment: { PATH: process.env['PATH'] } }
  const pdf = await savingsPdf(report, 'nl', options)
  const document = await getDocumentProxy(new Uint8Array(pdf))
  expect(document.numPages).toBeLessThanOrEqual(8)
})

test(
  'of what was measured briefly it names what matters most and counts the others',
  { timeout: 240_000 },
  async () => {
    await using ledger = await openTestLedger()
    await fill(ledger.db)
    // In 22 days each deployment counts ten items more than the one before it.
    await sql`INSERT INTO day_count (deployment, day, variant, outcome, items, counting, shares, human_seconds)
    SELECT id, '2026-03-15', 'plain', 'done', 10 * n, 10 * n, 10 * n, 0
    FROM (SELECT id, row_number() OVER (ORDER BY id) AS n FROM deployment) d`.execute(ledger.db)
    await ledger.db.updateTable('deployment').set({ reported: true }).execute()
    const question = { ...PERIOD, from: '2026-03-10', hospitals: HOSPITALS, seesItemsOf: [], lists: false }
    const report = await readReportContent(ledger.db, question)
    const all = 40 * bots.size
    expect(report.total.brief).toBe(all)
    const last = report.savings.hospitals
      .flatMap(({ deployments }) => deployments.map(({ id }) => id))
      .slice(-8)
    const names = (days: string) =>
      last
        .toReversed()
        .map((id) => `${id}${days}`)
        .join(', ')
    const notes = (language: 'nl' | 'en') =>
      [...reportPage(report, language).matchAll(/<p class="note">(.*?)<\/p>/gs)].map(([, note = '']) =>
        note.trim(),
      )
    const [brief, reported] = ['Over minder dan 28 dagen', 'Een robot van een ander merk'].map((begin) =>
      notes('nl').find((note) => note.startsWith(begin)),
    )
    expect(brief).toMatch(
      new RegExp(`: ${names(' (22)').replaceAll(/[()]/g, '.')} en nog ${all - 8} inzetten.$`),
    )
    expect(reported).toMatch(new RegExp(`: ${names('')} en nog ${all - 8} inzetten.$`))
    expect(notes('en').find((note) => note.startsWith('Measured over'))).toMatch(
      / and 112 deployments more.$/,
    )
    const options = { chromium: undefined, environment: { PATH: process.env['PATH'] } }
    const pdf = await savingsPdf(report, 'nl', options)
    expect((await getDocumentProxy(new Uint8Array(pdf))).numPages).toBeLessThanOrEqual(8)
  },
)
