import { sql, type Selectable } from 'kysely'
import type { SecretBox } from '../secrets/secret-box.ts'
import { pastTheLinks } from './access-past-chain.ts'
import type { AccessTables } from './access-tables.ts'
import { verifyAccess, type AccessVerdict } from './access-verify.ts'
import type { LedgerDatabase } from './tables.ts'

/**
 * Of each hospital's log so many rows are looked at each day: what that costs does not grow with the log (README.md says
 * what it costs, and how many days a round takes). A part is small enough for others to go on meanwhile.
 */
const ROWS_A_DAY = 5_000_000
const ROWS_AT_ONCE = 20_000

export interface RoundOptions {
  /** The local date, `2026-11-21`. */
  readonly today: string
  readonly rowsAtOnce?: number
  readonly rowsADay?: number
}

/** A part of a hospital's log that was looked at. */
export interface CheckedPart {
  readonly hospital: string
  readonly wrong: AccessVerdict['wrong']
}

type Check = Selectable<AccessTables['access_check']>
type Chain = Selectable<AccessTables['access_chain']>

/**
 * Looks at the next part of a hospital's log that was not looked at enough today: from the beginning of the log to its
 * end, and then anew the next day. Undefined when nothing is left today. What comes after a place that does not fit is
 * looked at too. Safe in several processes: each takes another hospital.
 */
export async function checkNextPart(
  db: LedgerDatabase,
  secrets: SecretBox,
  { today, rowsAtOnce = ROWS_AT_ONCE, rowsADay = ROWS_A_DAY }: RoundOptions,
): Promise<CheckedPart | undefined> {
  await sql`INSERT INTO access_check (hospital) SELECT hospital FROM access_chain c
    WHERE NOT EXISTS (SELECT FROM access_check k WHERE k.hospital = c.hospital) ON CONFLICT DO NOTHING`.execute(
    db,
  )
  return await db.transaction().execute(async (tx) => {
    const check = await tx
      .selectFrom('access_check')
      .selectAll()
      .where((eb) => eb.or([eb('day', 'is', null), eb('day', '<>', today), eb('day_rows', '<', rowsADay)]))
      .orderBy('hospital')
      .limit(1)
      .forUpdate()
      .skipLocked()
      .executeTakeFirst()
    return check && (await checkPart(tx, secrets, check, { today, rowsAtOnce, rowsADay }))
  })
}

async function checkPart(
  tx: LedgerDatabase,
  secrets: SecretBox,
  check: Check,
  { today, rowsAtOnce, rowsADay }: Required<RoundOptions>,
): Promise<CheckedPart> {
  const { hospital } = check
  const chain = await tx
    .selectFrom('access_chain')
    .selectAll()
    .where('hospital', '=', hospital)
    .executeTakeFirstOrThrow()
  const from = beginOf(check, chain)
  const until = Math.min(from.number + rowsAtOnce, chain.number)
  const since = { number: from.number, hash: from.hash.toString('hex') }
  const verdict = await verifyAccess(tx, secrets, hospital, { since, until })
  const reached = await reachedBy(tx, chain, verdict)
  const ids = await entriesBetween(tx, hospital, from.number, reached.number)
  const entry = ids.reduce((last, id) => Math.max(last, id), check.entry)
  const isEnd = reached.number >= chain.number
  const part = {
    ...{
      after: check.entry || Number.MIN_SAFE_INTEGER,
      until: isEnd ? undefined : entry,
      linked: new Set(ids),
    },
    ...{ from: from.number, reached: reached.number },
  }
  const wrong = verdict.wrong ?? (await pastTheLinks(tx, hospital, part))
  const dayRows = (check.day === today ? check.day_rows : 0) + Math.max(1, reached.number - from.number)
  await keepPart(tx, hospital, { ...reached, entry, rows: verdict.rows, wrong, day: today, dayRows })
  if (isEnd) await endRound(tx, hospital, rowsADay)
  return { hospital, wrong }
}

interface Place {
  readonly number: number
  readonly hash: Buffer
}

/** Where this part begins: a year may have been dropped since the part before it. */
const beginOf = (check: Check, { dropped_number: number, dropped_hash: hash }: Chain): Place =>
  check.number > number ? check : { number, hash }

/** Where the next part begins: behind what did not fit, as the link there stands. */
async function reachedBy(tx: LedgerDatabase, chain: Chain, { end, wrong }: AccessVerdict): Promise<Place> {
  if (!wrong || end.number >= wrong.number) return { number: end.number, hash: Buffer.from(end.hash, 'hex') }
  const next = await tx
    .selectFrom('access_link')
    .select(['number', 'hash'])
    .where('hospital', '=', chain.hospital)
    .where('number', '>=', wrong.number)
    .orderBy('number')
    .limit(1)
    .executeTakeFirst()
  return next ?? chain
}

async function entriesBetween(
  tx: LedgerDatabase,
  hospital: string,
  after: number,
  until: number,
): Promise<number[]> {
  const links = await tx
    .selectFrom('access_link')
    .select('entry')
    .where('hospital', '=', hospital)
    .where('number', '>', after)
    .where('number', '<=', until)
    .execute()
  return links.map(({ entry }) => entry)
}

interface Part extends Place {
  readonly entry: number
  readonly rows: number
  readonly wrong: AccessVerdict['wrong']
  readonly day: string
  readonly dayRows: number
}

async function keepPart(
  tx: LedgerDatabase,
  hospital: string,
  { number, hash, entry, rows, wrong, day, dayRows }: Part,
): Promise<void> {
  await sql`
    UPDATE access_check SET number = ${number}, hash = ${hash}, entry = ${entry}, day = ${day}, day_rows = ${dayRows},
      begun_at = CASE WHEN number = 0 THEN clock_timestamp() ELSE begun_at END,
      rows = rows + ${rows}, wrong = wrong + ${wrong ? 1 : 0},
      wrong_number = coalesce(wrong_number, ${wrong?.number ?? null}),
      wrong_sentence = coalesce(wrong_sentence, ${wrong?.sentence ?? null})
    WHERE hospital = ${hospital}`.execute(tx)
}

/** What the whole round found is kept, and the next one begins tomorrow. */
async function endRound(tx: LedgerDatabase, hospital: string, rowsADay: number): Promise<void> {
  await sql`
    UPDATE access_check SET whole_at = clock_timestamp(), whole_rows = rows, whole_wrong = wrong,
      whole_number = wrong_number, whole_sentence = wrong_sentence,
      number = 0, hash = '', entry = 0, rows = 0, wrong = 0, wrong_number = NULL, wrong_sentence = NULL,
      day_rows = ${rowsADay}
    WHERE hospital = ${hospital}`.execute(tx)
}

/** How the check of a hospital's whole log stands. */
export interface LogCheck {
  readonly hospital: string
  /** Of the round that is going on: rows looked at, of how many, and since when; null between two rounds. */
  readonly round: { readonly looked: number; readonly of: number; readonly since: Date } | null
  /** The last round that came to the end of the log: when, and how many rows fitted; null before the first. */
  readonly whole: { readonly at: Date; readonly rows: number } | null
  /** How many places did not fit, in that round or in this one, and the first of them; null when all fitted. */
  readonly wrong: { readonly count: number; readonly number: number; readonly sentence: string } | null
}

/** How the check of each hospital's whole log stands; a hospital without a log is not in it. */
export async function readLogChecks(db: LedgerDatabase): Promise<LogCheck[]> {
  const rows = await db
    .selectFrom('access_check as k')
    .innerJoin('access_chain as c', 'c.hospital', 'k.hospital')
    .selectAll('k')
    .select(['c.number as chain', 'c.dropped_number as dropped'])
    .orderBy('k.hospital')
    .execute()
  return rows.map((row) => ({
    hospital: row.hospital,
    round:
      row.number === 0
        ? null
        : { looked: row.number - row.dropped, of: row.chain - row.dropped, since: row.begun_at },
    whole: row.whole_at && { at: row.whole_at, rows: row.whole_rows ?? 0 },
    wrong:
      wrongOf(row.wrong, row.wrong_number, row.wrong_sentence) ??
      wrongOf(row.whole_wrong ?? 0, row.whole_number, row.whole_sentence),
  }))
}

const wrongOf = (count: number, number: number | null, sentence: string | null): LogCheck['wrong'] =>
  count > 0 ? { count, number: number ?? 0, sentence: sentence ?? '' } : null
