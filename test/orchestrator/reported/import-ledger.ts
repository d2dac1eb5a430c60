import { sql } from 'kysely'
import { readReportedCsv } from '../../../orchestrator/reported/read-reported-csv.ts'
import { reportItems, type Reporting } from '../../../orchestrator/reported/report-items.ts'
import type { LedgerDatabase } from '../../../orchestrator/ledger/tables.ts'
import { readSavings } from '../../../orchestrator/savings/report.ts'
import { openProgrammeLedger, type ProgrammeLedger } from '../programme/programme-ledger.ts'

export const REPORTING: Reporting = {
  hospitals: ['oost'],
  account: 'robot-9',
  now: new Date('2026-11-22T12:00:00Z'),
}
export const MARCH = { from: '2026-03-01', to: '2026-03-31' }
export const WHY = { hospital: 'oost', account: 'account-1', name: 'A. de Boer', reason: 'test data' }

const HEAD = 'deployment,reference,variant,outcome,completedAt,humanMinutes,case'
export const rowsOf = (...lines: string[]) => readReportedCsv(Buffer.from([HEAD, ...lines].join('\r\n')))

/** Three deployments of one activity, into which robots of another make report. */
export async function openImportLedger(): Promise<ProgrammeLedger> {
  const ledger = await openProgrammeLedger()
  for (const bot of ['invoices', 'second', 'third']) await ledger.deploy('oost', bot, 'live')
  return ledger
}

/** Takes rows in; gives the number of the import. */
export async function take(db: LedgerDatabase, ...lines: string[]): Promise<number> {
  const { imports } = await reportItems(db, rowsOf(...lines), REPORTING)
  return imports[0]?.id ?? 0
}

/** Everything that counts, whatever its history: what is the same when an import never was. */
export async function countsOf(db: LedgerDatabase): Promise<unknown> {
  const { rows: days } =
    await sql`SELECT * FROM day_count ORDER BY deployment, day, variant, outcome, kind`.execute(db)
  const { rows: spans } =
    await sql`SELECT * FROM roll_up ORDER BY span, begins, deployment, variant, kind`.execute(db)
  const { rows: claims } = await sql`SELECT hospital, activity, digest, deployment, variant, day FROM claim
    ORDER BY hospital, activity, digest`.execute(db)
  const { rows: credits } =
    await sql`SELECT i.deployment, i.reference, c.variant, c.share, c.completed_on, c.kind
    FROM credit c JOIN item i ON i.id = c.item WHERE c.kind <> 'withdrawn' ORDER BY 1, 2`.execute(db)
  const { rows: marks } = await sql`SELECT id, reported FROM deployment ORDER BY id`.execute(db)
  const { hospitals } = await readSavings(db, { ...MARCH, today: '2026-11-22' })
  return { days, spans, claims, credits, marks, hospitals }
}
