import { sql } from 'kysely'
import type { LedgerDatabase } from '../ledger/tables.ts'
import type { Period } from './period.ts'
import type { FigureMemory } from './read-figures.ts'
import { readSavings } from './report.ts'
import { inSnapshot } from './snapshot.ts'

/** Days of which more is signed than is left net: a backlog was marked there or upkeep booked since. In hours. */
export interface OverSigned extends Period {
  readonly hospital: string
  readonly netHours: number
  /** All that is signed, and not withdrawn, for days that lie within these. */
  readonly signedHours: number
}

/** A signed period as it stands now. */
export interface SignedNow {
  readonly id: number
  readonly netHours: number
  /** Its own days, or those of all that was signed about days that hang together with its own; null when all fits. */
  readonly over: OverSigned | null
}

interface Signed extends Period {
  readonly id: number
  readonly hospital: string
  readonly hours: number
}

interface Question {
  readonly hospital?: string | undefined
  /** The local date of asking. */
  readonly today: string
}

/**
 * What is left net of each signed period that was not withdrawn. Held against it is what was signed for days within it: a
 * longer period that holds it may be signed for other days of its own.
 */
export async function readSignedNow(
  db: LedgerDatabase,
  { hospital, today }: Question,
  memory: FigureMemory = new Map(),
): Promise<SignedNow[]> {
  return await inSnapshot(db, async (snapshot) => {
    const rows = await readSigned(snapshot, hospital)
    const net = async ({ hospital: of, from, to }: Signed): Promise<number> => {
      const { hospitals } = await readSavings(snapshot, { hospital: of, from, to, today }, memory)
      return hospitals[0]?.netHours ?? 0
    }
    const found: SignedNow[] = []
    for (const group of togetherByDays(rows)) {
      const whole = overOf(group.whole, group.rows, await net(group.whole))
      for (const row of group.rows) {
        const netHours = await net(row)
        found.push({ id: row.id, netHours, over: overOf(row, group.rows, netHours) ?? whole })
      }
    }
    return found
  })
}

/** The days of which more is signed than is left net, each once; of a period those that touch it. */
export async function readOverSigned(
  db: LedgerDatabase,
  question: Question & { readonly period?: Period },
  memory?: FigureMemory,
): Promise<OverSigned[]> {
  const { period } = question
  const over = (await readSignedNow(db, question, memory)).flatMap((row) => row.over ?? [])
  const once = new Map(over.map((days) => [JSON.stringify([days.hospital, days.from, days.to]), days]))
  return [...once.values()].filter(({ from, to }) => !period || (from <= period.to && to >= period.from))
}

/** Raises an alarm for each, once for the same figures. */
export async function raiseOverSigned(db: LedgerDatabase, today: string): Promise<void> {
  for (const { hospital, from, to, netHours, signedHours } of await readOverSigned(db, { today })) {
    const sentence = `From ${from} up to and including ${to} ${signedHours.toFixed(2)} hours are signed as realised, and ${netHours.toFixed(2)} are left net: withdraw what was signed, or sign again.`
    await sql`INSERT INTO alarm (hospital, kind, sentence)
      SELECT ${hospital}, 'realised-over-net', ${sentence} WHERE NOT EXISTS (SELECT FROM alarm a
        WHERE a.hospital = ${hospital} AND a.kind = 'realised-over-net' AND a.sentence = ${sentence})`.execute(
      db,
    )
  }
}

async function readSigned(db: LedgerDatabase, hospital: string | undefined): Promise<Signed[]> {
  const { rows } =
    await sql<Signed>`SELECT id, hospital, from_day AS "from", to_day AS "to", hours::float8 AS hours
    FROM realised WHERE withdrawn_at IS NULL ${hospital === undefined ? sql`` : sql`AND hospital = ${hospital}`}
    ORDER BY hospital, from_day, id`.execute(db)
  return rows
}

interface Together {
  readonly whole: Signed
  readonly rows: Signed[]
}

/** Periods that share days are taken together, for their days may be too few for all of them only as a whole. */
function togetherByDays(rows: readonly Signed[]): Together[] {
  const groups: Together[] = []
  for (const row of rows) {
    const last = groups.at(-1)
    if (!last || last.whole.hospital !== row.hospital || row.from > last.whole.to) {
      groups.push({ whole: row, rows: [row] })
      continue
    }
    const to = row.to > last.whole.to ? row.to : last.whole.to
    groups.splice(-1, 1, { whole: { ...last.whole, to }, rows: [...last.rows, row] })
  }
  return groups
}

/** As when signing, what a double lacks of a hundredth of an hour takes nothing away. */
function overOf(
  { hospital, from, to }: Signed,
  rows: readonly Signed[],
  netHours: number,
): OverSigned | null {
  const within = rows.filter((row) => row.from >= from && row.to <= to)
  const signedHours = within.reduce((sum, { hours }) => sum + hours, 0)
  return signedHours * 100 > netHours * 100 + 1e-6 ? { hospital, from, to, netHours, signedHours } : null
}
