import type { z } from 'zod'
import { bots } from '../../../bots/index.ts'
import { doneTitle, evidenceTitle } from '../../../bots/words.ts'
import { Failure } from '../../../connectors/failure.ts'
import type { Json } from '../../../bots/bot.ts'
import { readLooks } from '../../../orchestrator/ledger/item-lookers.ts'
import { readItemHistory } from '../../../orchestrator/ledger/reading.ts'
import type { EventRow, LedgerDatabase } from '../../../orchestrator/ledger/tables.ts'
import { botVersions } from '../../../orchestrator/work/bot-versions.ts'
import { fieldTitles } from './item-fields.ts'
import type { ItemStory } from './item-schemas.ts'

/**
 * All that happened to an item and who looked, without its data.
 * @param whole false leaves the reference out, for who may see that it is there but not whose it is
 * @throws business `not-found`
 */
export async function readItemStory(
  db: LedgerDatabase,
  hospital: string,
  id: string,
  whole: boolean,
): Promise<z.input<typeof ItemStory>> {
  const history = await readItemHistory(db, id)
  const more = await db
    .selectFrom('item')
    .leftJoin('item_taken', 'item_taken.item', 'item.id')
    .select(['bot_version', 'data', 'account'])
    .where('item.id', '=', id)
    .where('item.hospital', '=', hospital)
    .executeTakeFirst()
  if (!history || !more) throw noSuchItem()
  const bot = bots.get(history.bot)
  return {
    ...history,
    reference: whole ? history.reference : null,
    botTitle: bot?.title ?? null,
    botVersion: more.bot_version,
    installedVersion: (await botVersions([history.bot])).get(history.bot) ?? null,
    variantTitle: (history.variant !== null && bot?.variants[history.variant]) || null,
    takenBy: more.account,
    run: history.run === null ? null : await runOf(db, history.run),
    acts: history.acts.map((act) => ({ ...act, title: doneTitle(bot, act.name) ?? null })),
    evidence: history.evidence.map((piece) => ({ ...piece, title: evidenceTitle(bot, piece) ?? null })),
    events: history.events.map((event) => ({ ...eventOf(event), title: doneTitle(bot, event.name) ?? null })),
    looks: await readLooks(db, id),
    fields: fieldTitles(bot, more.data),
  }
}

async function runOf(db: LedgerDatabase, id: string) {
  const run = await db
    .selectFrom('run')
    .select(['id', 'kind', 'fired_at as firedAt', 'state', 'found', 'added'])
    .where('id', '=', id)
    .executeTakeFirst()
  return run ?? null
}

function eventOf({ id, at, kind, attempt, name, code, sentence, ms, detail }: EventRow) {
  const { account, ...facts } = flat(detail)
  return {
    id,
    at,
    kind,
    attempt,
    name,
    code,
    sentence,
    ms,
    account: account === undefined ? null : String(account),
    facts,
  }
}

function flat(detail: Json): Record<string, string | number | boolean> {
  if (detail === null || typeof detail !== 'object' || Array.isArray(detail)) return {}
  const entries = Object.entries(detail).flatMap(([name, value]) =>
    typeof value === 'string' || typeof value === 'number' || typeof value === 'boolean'
      ? [[name, value] as const]
      : [],
  )
  return Object.fromEntries(entries)
}

export const noSuchItem = (): Failure =>
  new Failure(
    'business',
    'not-found',
    'There is no such item at this hospital: look it up in the list of items.',
  )
