import { sql } from 'kysely'
import { Failure } from '../../connectors/failure.ts'
import { inTransaction } from './in-transaction.ts'
import { storableText } from './json-text.ts'
import type { ItemState, LedgerDatabase } from './tables.ts'
import type { BulkHandling } from './worklist-tables.ts'

/** More than this at once is several times. */
export const MOST_IN_BULK = 1000

/** Why an item will be left as it is: for a word on the screen. */
export type BulkRefusal =
  'finished' | 'cancelled' | 'being-done' | 'unsure' | 'in-hand' | 'parked-already' | 'other-version'

export interface BulkItem {
  readonly item: string
  readonly deployment: string
  readonly reference: string
  readonly state: ItemState
  /** Changes that the robot made at the hospital's systems already: cancelling does not undo those. */
  readonly actsDone: number
  readonly botVersion: string | null
  /** Null when it will be done. */
  readonly refused: BulkRefusal | null
}

export interface BulkPlan {
  readonly hospital: string
  readonly account: string
  readonly handling: BulkHandling
  /** Why; written in each item's history. No data of patients. */
  readonly reason: string
  readonly items: readonly string[]
  /** For a retry with the same version only: the version of each bot that runs here. */
  readonly onlyVersions?: ReadonlyMap<string, string> | undefined
}

/**
 * Writes down what will be done to which items, as each stands now, so that carrying it out does exactly that or leaves
 * the item alone. What a worker holds, what may have been pressed and what a colleague has in hand is refused.
 * @throws business when there are none or too many
 */
export async function previewBulk(
  db: LedgerDatabase,
  plan: BulkPlan,
): Promise<{ id: string; items: BulkItem[] }> {
  if (plan.items.length === 0 || plan.items.length > MOST_IN_BULK) throw notSoMany()
  return await inTransaction(db, async (tx) => {
    const found = await standing(tx, plan.hospital, plan.items)
    const items = found.map(({ fence, ...row }) => ({ ...row, fence, refused: refusal(row, plan) }))
    const { hospital, account, handling, reason } = plan
    const { id } = await tx
      .insertInto('bulk')
      .values({ hospital, account, handling, reason: storableText(reason) })
      .returning('id')
      .executeTakeFirstOrThrow()
    if (items.length > 0)
      await tx
        .insertInto('bulk_item')
        .values(
          items.map(({ item, fence, state, refused }) => ({
            bulk: id,
            hospital,
            item,
            fence,
            state,
            refused,
          })),
        )
        .execute()
    return {
      id,
      items: items.map(({ item, deployment, reference, state, actsDone, botVersion, refused }) => ({
        ...{ item, deployment, reference, state, actsDone, botVersion, refused },
      })),
    }
  })
}

type Standing = Omit<BulkItem, 'refused'> & {
  readonly fence: number
  readonly bot: string
  readonly taken: boolean
  readonly unsure: boolean
}

async function standing(db: LedgerDatabase, hospital: string, ids: readonly string[]): Promise<Standing[]> {
  const { rows } = await sql<Standing>`
    SELECT i.id AS item, i.deployment, d.bot, i.reference, i.state, i.fence, i.bot_version AS "botVersion",
      (SELECT count(*)::int FROM act a WHERE a.item = i.id AND a.state = 'done' AND a.how <> 'shadow') AS "actsDone",
      EXISTS (SELECT FROM item_taken t WHERE t.item = i.id) AS taken,
      coalesce(i.parked_kind = 'unsure', false)
        OR EXISTS (SELECT FROM act a WHERE a.item = i.id AND a.state = 'armed') AS unsure
    FROM item i JOIN deployment d ON d.id = i.deployment
    WHERE i.id = ANY(${ids}::uuid[]) AND i.hospital = ${hospital}
    ORDER BY i.arrived_at DESC, i.id DESC FOR SHARE OF i`.execute(db)
  return rows
}

function refusal(row: Omit<Standing, 'fence'>, { handling, onlyVersions }: BulkPlan): BulkRefusal | null {
  if (row.state === 'done') return 'finished'
  if (row.state === 'cancelled') return 'cancelled'
  if (row.state === 'unsure' || row.state === 'armed' || row.unsure) return 'unsure'
  if (row.state === 'claimed') return 'being-done'
  if (row.taken) return 'in-hand'
  if (handling === 'park' && row.state === 'parked') return 'parked-already'
  if (handling === 'retry' && onlyVersions && onlyVersions.get(row.bot) !== row.botVersion)
    return 'other-version'
  return null
}

const notSoMany = () =>
  new Failure(
    'business',
    'field-invalid',
    `Field items: choose at least 1 and at most ${MOST_IN_BULK} items at once.`,
  )
