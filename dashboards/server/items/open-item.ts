import { z } from 'zod'
import type { Text } from '../../../bots/bot.ts'
import { doneTitle, evidenceTitle } from '../../../bots/words.ts'
import { bots } from '../../../bots/index.ts'
import { readItemHistory } from '../../../orchestrator/ledger/reading.ts'
import type { LedgerDatabase } from '../../../orchestrator/ledger/tables.ts'
import { measured, type WorkOn } from '../../../orchestrator/ledger/work-sessions.ts'
import { formOf } from '../administer/form-of.ts'
import { noSuchItem } from './item-story.ts'
import type { OpenItem } from './worklist-schemas.ts'

/**
 * The working screen of an item that one has in hand: its data and draft, what the robot did, and how it can end.
 * @throws business `not-found`, or when it is not open for this account
 */
export async function readOpenItem(
  db: LedgerDatabase,
  hospital: string,
  work: WorkOn,
  language: keyof Text,
): Promise<z.input<typeof OpenItem>> {
  const history = await readItemHistory(db, work.item)
  const row = await db
    .selectFrom('item')
    .innerJoin('item_taken', 'item_taken.item', 'item.id')
    .select(['data', 'case_reference', 'parked_kind', 'draft'])
    .where('item.id', '=', work.item)
    .where('item.hospital', '=', hospital)
    .executeTakeFirst()
  if (!history || !row?.parked_kind) throw noSuchItem()
  const bot = bots.get(history.bot)
  const { id, deployment, reference, marker, code, sentence, arrivedAt, acts, evidence } = history
  return {
    ...{ id, deployment, reference, marker, code, sentence, arrivedAt },
    acts: acts.map((act) => ({ ...act, title: doneTitle(bot, act.name) ?? null })),
    evidence: evidence.map((piece) => ({ ...piece, title: evidenceTitle(bot, piece) ?? null })),
    bot: history.bot,
    botTitle: bot?.title ?? null,
    caseReference: row.case_reference,
    parkedKind: row.parked_kind,
    schema: bot ? z.json().parse(formOf(bot.item, language)) : null,
    data: z.json().parse(row.data),
    draft: z.json().nullable().parse(row.draft),
    variants: Object.entries(bot?.variants ?? {}).map(([name, title]) => ({ name, title })),
    measured: await measured(db, work),
  }
}
