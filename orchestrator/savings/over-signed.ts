import { sql } from 'kysely'
import { inTransaction } from '../ledger/in-transaction.ts'
import type { LedgerDatabase } from '../ledger/tables.ts'
import { yearOf, type Period } from './period.ts'
import { newFigureMemory, type FigureMemory } from './read-figures.ts'
import { readSavings } from './report.ts'
import { inSnapshot } from './snapshot.ts'

/** Days of which more is signed than is left net: a backlog was marked there, upkeep booked since, or other months cost. In hours. */
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
  /** Its own days, those of all that was signed about days that hang together with its own, or its year; null when all fits. */
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
  memory: FigureMemory = newFigureMemory(),
): Promise<SignedNow[]> {
  return await inSnapshot(db, async (snapshot) => {
    const rows = await readSigned(snapshot, hospital)
    const net = async ({ hospital: of, from, to }: Signed): Promise<number> => {
      const { hospitals } = await readSavings(snapshot, { hospital: of, from, to, today }, memory)
      return hospitals[0]?.netHours ?? 0
    }
    const years = new Map<string, OverSigned | null>()
    for (const { whole, rows: own } of byYears(rows))
      years.set(yearKey(whole), overOf(whole, own, await net(whole)))
    const found: SignedNow[] = []
    for (const group of togetherByDays(rows)) {
      const whole = overOf(group.whole, group.rows, await net(group.whole))
      for (const row of group.rows) {
        const netHours = await net(row)
        const over = overOf(row, group.rows, netHours) ?? whole ?? years.get(yearKey(row)) ?? null
        found.push({ id: row.id, netHours, over })
      }
    }
    return found
  })
}

/**
 * The days of which more is signed than is left net, each once; of a period those that touch it, and the period itself
 * where the report of it would tell more realised than net.
 */
export async function readOverSigned(
  db: LedgerDatabase,
  question: Question & { readonly period?: Period },
  memory?: FigureMemory,
): Promise<OverSigned[]> {
  const { period } = question
  const over = [
    ...(await readSignedNow(db, question, memory)).flatMap((row) => row.over ?? []),
    ...(period ? await overReported(db, { ...question, ...period }, memory) : []),
  ]
  const once = new Map(over.map((days) => [JSON.stringify([days.hospital, days.from, days.to]), days]))
  return [...once.values()].filter(({ from, to }) => !period || (from <= period.to && to >= period.from))
}

/** The hospitals of which a report tells more hours realised than net. */
async function overReported(
  db: LedgerDatabase,
  question: Question & Period,
  memory: FigureMemory | undefined,
): Promise<OverSigned[]> {
  const { from, to } = question
  const { hospitals } = await readSavings(db, question, memory)
  return hospitals.flatMap(({ id: hospital, netHours, realisedHours }) => {
    const signedHours = Number(realisedHours)
    return isOver(signedHours, netHours) ? [{ hospital, from, to, netHours, signedHours }] : []
  })
}

/**
 * Raises an alarm for each that none is open for with the same figures: one that was closed while its cause is still there
 * comes back. An open one that is so no longer is closed, nobody needs to see to it: only what is so now stands open.
 */
export async function raiseOverSigned(db: LedgerDatabase, today: string): Promise<void> {
  const over = (await readOverSigned(db, { today })).map(({ netHours, signedHours, ...days }) => ({
    ...days,
    sentence: `From ${days.from} up to and including ${days.to} ${signedHours.toFixed(2)} hours are signed as realised, and ${netHours.toFixed(2)} are left net: withdraw what was signed, or sign again.`,
  }))
  const now = sql`jsonb_to_recordset(${JSON.stringify(over)}::jsonb) AS now (hospital text, "from" date, "to" date, sentence text)`
  const open = sql`SELECT FROM alarm a WHERE a.hospital = now.hospital AND a.kind = 'realised-over-net'
    AND a.sentence = now.sentence AND a.closed_at IS NULL`
  await inTransaction(db, async (tx) => {
    await sql`UPDATE alarm SET closed_at = clock_timestamp() WHERE kind = 'realised-over-net' AND closed_at IS NULL
      AND (hospital, sentence) NOT IN (SELECT hospital, sentence FROM ${now})`.execute(tx)
    await sql`INSERT INTO alarm (hospital, kind, from_day, to_day, sentence)
      SELECT hospital, 'realised-over-net', "from", "to", sentence FROM ${now} WHERE NOT EXISTS (${open})`.execute(
      tx,
    )
  })
}

/** As one line, for programs and the terminal. */
export const overSignedWords = ({ from, to, netHours, signedHours }: OverSigned): string =>
  `${from} to ${to}: ${signedHours.toFixed(2)} hours signed, ${netHours.toFixed(2)} net`

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

/** What was signed for days of one calendar year, each year as a whole: its other months count as well. */
function byYears(rows: readonly Signed[]): Together[] {
  return [...Map.groupBy(rows, yearKey).values()].flatMap((own): Together[] => {
    const [row] = own
    if (!row) return []
    return [{ whole: { ...row, ...yearOf(row.from) }, rows: own }]
  })
}

/** A period is signed within one year. */
const yearKey = ({ hospital, from }: Signed): string => `${hospital} ${from.slice(0, 4)}`

/** As when signing, what a double lacks of a hundredth of an hour takes nothing away. */
function overOf(
  { hospital, from, to }: Signed,
  rows: readonly Signed[],
  netHours: number,
): OverSigned | null {
  const within = rows.filter((row) => row.from >= from && row.to <= to)
  const signedHours = within.reduce((sum, { hours }) => sum + hours, 0)
  return isOver(signedHours, netHours) ? { hospital, from, to, netHours, signedHours } : null
}

const isOver = (signedHours: number, netHours: number): boolean => signedHours * 100 > netHours * 100 + 1e-6
