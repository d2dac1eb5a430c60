import { sql } from 'kysely'
import type { LedgerDatabase, ParkedKind } from './tables.ts'

/** A parked item as the worklist shows it; never its data. */
export interface WorklistItem {
  readonly id: string
  readonly deployment: string
  readonly bot: string
  readonly reference: string
  readonly parkedKind: ParkedKind
  readonly code: string | null
  /** Why it was left to a person. */
  readonly sentence: string | null
  readonly arrivedAt: Date
  readonly parkedAt: Date | null
  /** Whose it is; null when anybody may take it. */
  readonly takenBy: string | null
  readonly takenAt: Date | null
  /** How many changes the robot made at the hospital's systems before it stopped. */
  readonly actsDone: number
  /** Whether a press was begun of which it is not known that it happened. */
  readonly unsurePress: boolean
  /** How many later items of the same patients wait until this one has ended. */
  readonly holds: number
}

export interface WorklistQuestion {
  readonly hospital: string
  readonly deployment?: string | undefined
  readonly limit: number
}

const HOLDS = sql`(
  SELECT count(DISTINCT later.item)::int FROM item_order mine
  JOIN item_order later ON later.hospital = mine.hospital AND later.key = mine.key AND later.place > mine.place
  WHERE mine.item = waiting.id
)`

/** The parked items of a hospital: those of one's own first, then those of nobody, the longest waiting first. */
export async function readWorklist(
  db: LedgerDatabase,
  account: string,
  { hospital, deployment, limit }: WorklistQuestion,
): Promise<WorklistItem[]> {
  const one = deployment === undefined ? sql`` : sql`AND d.id = ${deployment}`
  const { rows } = await sql<WorklistItem>`
    SELECT waiting.*,
      (SELECT max(e.at) FROM event e WHERE e.item = waiting.id AND e.kind = 'parked') AS "parkedAt",
      (SELECT count(*)::int FROM act a WHERE a.item = waiting.id AND a.state = 'done' AND a.how <> 'shadow') AS "actsDone",
      EXISTS (SELECT FROM act a WHERE a.item = waiting.id AND a.state = 'armed') AS "unsurePress",
      ${HOLDS} AS holds
    FROM (
      SELECT oldest.*, t.account AS "takenBy", t.at AS "takenAt",
        CASE WHEN t.account = ${account} THEN 0 WHEN t.account IS NULL THEN 1 ELSE 2 END AS turn
      FROM deployment d CROSS JOIN LATERAL (
        SELECT i.id, i.deployment, d.bot, i.reference, i.parked_kind AS "parkedKind", i.code, i.sentence,
          i.arrived_at AS "arrivedAt"
        FROM item i WHERE i.deployment = d.id AND i.state = 'parked' AND i.state <> 'done'
        ORDER BY i.arrived_at, i.id LIMIT ${limit}
      ) oldest LEFT JOIN item_taken t ON t.item = oldest.id
      WHERE d.hospital = ${hospital} ${one}
      ORDER BY turn, oldest."arrivedAt", oldest.id LIMIT ${limit}
    ) waiting ORDER BY turn, "arrivedAt", id`.execute(db)
  return rows
}

/** How many wait for a person, by deployment. */
export async function countWorklist(
  db: LedgerDatabase,
  hospital: string,
): Promise<{ deployment: string; parked: number; taken: number }[]> {
  const { rows } = await sql<{ deployment: string; parked: number; taken: number }>`
    SELECT d.id AS deployment, counted.parked, counted.taken FROM deployment d CROSS JOIN LATERAL (
      SELECT count(*)::int AS parked, count(t.item)::int AS taken
      FROM item i LEFT JOIN item_taken t ON t.item = i.id
      WHERE i.deployment = d.id AND i.state = 'parked' AND i.state <> 'done'
    ) counted WHERE d.hospital = ${hospital} AND counted.parked > 0 ORDER BY d.id`.execute(db)
  return rows
}
