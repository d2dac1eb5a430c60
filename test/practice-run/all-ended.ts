import { sql } from 'kysely'
import { z } from 'zod'
import type { LedgerDatabase } from '../../orchestrator/ledger/tables.ts'
import type { PracticeProcess } from '../practice/practice-process.ts'

const Sent = z.array(z.object({ ack: z.string().nullish() }))

/** What is still under way, in words; empty when nothing is: no run, no message, no item. */
export async function underWay(db: LedgerDatabase, practice: PracticeProcess): Promise<string> {
  const { rows } = await sql<{ what: string; count: number }>`
    SELECT 'runs' AS what, count(*)::int AS count FROM run WHERE state IN ('waiting', 'collecting')
    UNION ALL SELECT 'messages', count(*)::int FROM message WHERE state = 'stored'
    UNION ALL SELECT state || ' items', count(*)::int FROM item
      WHERE state IN ('queued', 'claimed', 'armed', 'unsure') GROUP BY state`.execute(db)
  const unanswered = Sent.parse(await practice.control('/hl7')).filter(({ ack }) => !ack).length
  return [...rows, { what: 'unanswered messages', count: unanswered }]
    .filter(({ count }) => count > 0)
    .map(({ what, count }) => `${count} ${what}`)
    .join(', ')
}
