import { sql } from 'kysely'
import type { Json } from '../../bots/bot.ts'
import type { Draft } from './drafts.ts'
import type { ItemState, LedgerDatabase, RunRow } from './tables.ts'

/** How trying a draft on one item went. What would have been pressed may hold a patient's data. */
export interface TrialProgress {
  /** Null when the item was given. */
  readonly run: Pick<RunRow, 'state' | 'reason'> | null
  /** Null while none was found. */
  readonly item: TrialItem | null
}

export interface TrialItem {
  readonly id: string
  readonly reference: string
  readonly state: ItemState
  readonly sentence: string | null
  readonly code: string | null
  readonly variant: string | null
  readonly steps: readonly { readonly name: string; readonly ms: number | null; readonly failed: boolean }[]
  readonly acts: readonly TrialAct[]
}

export interface TrialAct {
  readonly name: string
  readonly key: string
  /** `shadow`: it would have been pressed; `already-there`: it stood there. */
  readonly how: string | null
  readonly payload: Json
}

/** Undefined when the draft was not tried. */
export async function readTrial(db: LedgerDatabase, draft: Draft): Promise<TrialProgress | undefined> {
  const { triedRun, triedItem } = draft
  if (triedRun === null && triedItem === null) return undefined
  const run =
    triedRun === null
      ? undefined
      : await db.selectFrom('run').select(['state', 'reason']).where('id', '=', triedRun).executeTakeFirst()
  const item = await db
    .selectFrom('item')
    .select(['id', 'reference', 'state', 'sentence', 'code', 'variant'])
    .$if(triedItem !== null, (query) => query.where('id', '=', triedItem ?? ''))
    .$if(triedItem === null, (query) => query.where('run', '=', triedRun ?? ''))
    .orderBy('arrived_at')
    .limit(1)
    .executeTakeFirst()
  return { run: run ?? null, item: item ? { ...item, ...(await whatItDid(db, item.id)) } : null }
}

async function whatItDid(db: LedgerDatabase, item: string): Promise<Pick<TrialItem, 'steps' | 'acts'>> {
  const { rows: steps } = await sql<TrialItem['steps'][number]>`
    SELECT name, ms, kind = 'step-failed' AS failed FROM event
    WHERE item = ${item} AND kind IN ('step', 'step-failed') ORDER BY id`.execute(db)
  const { rows: acts } = await sql<TrialAct>`
    SELECT name, key, how, shadow_payload AS payload FROM act WHERE item = ${item}
    ORDER BY coalesce(armed_at, finished_at), name, key`.execute(db)
  return { steps, acts }
}
