import { sql } from 'kysely'
import { recordChange } from '../ledger/changes.ts'
import { inTransaction } from '../ledger/in-transaction.ts'
import type { RealisedPurpose } from '../ledger/savings-tables.ts'
import type { LedgerDatabase } from '../ledger/tables.ts'
import { explainRefusal } from './database-refusal.ts'
import { checkAmount, checkText, refused, type ChangedBy } from './input-checks.ts'
import { readSignedNow, type SignedNow } from './over-signed.ts'
import { checkOneYear, checkPeriod, checkWholeMonths, yearOf, type Period } from './period.ts'
import type { FigureMemory } from './read-figures.ts'
import { readSavings } from './report.ts'

export interface NewRealised extends Period {
  readonly hospital: string
  readonly purpose: RealisedPurpose
  readonly department: string
  readonly hours: number
  /** The head of the department as they sign. */
  readonly signedName: string
}

export interface Realised extends Omit<NewRealised, 'hours'> {
  readonly id: number
  /** Decimal text, as are those below. */
  readonly hours: string
  /** The net hours of the period, and what was signed for days of it, when this was signed. */
  readonly netHours: string
  readonly signedBefore: string
  readonly signedBy: string
  readonly signedAt: Date
  /** The net hours of its days now, and the days of which more is signed than is left; null when it was withdrawn. */
  readonly now: Omit<SignedNow, 'id'> | null
  readonly withdrawn: { readonly at: Date; readonly by: string; readonly reason: string } | null
}

/** What can still be signed, in hours, and what that follows from. */
export interface SignableHours {
  readonly netHours: number
  /** For any of its days. */
  readonly signedBefore: number
  /** The calendar year that the period lies in, as far as it has come. */
  readonly year: YearHours
  readonly signable: number
}

export interface YearHours {
  readonly year: number
  readonly netHours: number
  /** For days that all lie in it. */
  readonly signedHours: number
}

type SignQuestion = Period & { readonly hospital: string; readonly today: string }

/**
 * How many hours of whole months of one calendar year can still be signed: their net hours less all that is signed for any
 * of their days, and no more than their year has left. Months that gained would else be signed without those that cost.
 * @throws business: names the field when the period is not one of whole months, or lies in several years
 */
export async function signableHours(db: LedgerDatabase, question: SignQuestion): Promise<SignableHours> {
  checkPeriod(question, question.today)
  checkWholeMonths(question)
  checkOneYear(question)
  const netOf = async (period: Period) => {
    const { hospitals } = await readSavings(db, { ...question, ...period })
    return hospitals[0]?.netHours ?? 0
  }
  const netHours = await netOf(question)
  const yearNet = await netOf(yearOf(question.from))
  return leftOf({ netHours, yearNet }, await readSigned(db, question), question)
}

interface Net {
  readonly netHours: number
  readonly yearNet: number
}

function leftOf({ netHours, yearNet }: Net, signed: Signed, { from }: Period): SignableHours {
  const year = { year: Number(from.slice(0, 4)), netHours: yearNet, signedHours: Number(signed.inYear) }
  const signedBefore = Number(signed.before)
  const left = Math.min(netHours - signedBefore, year.netHours - year.signedHours)
  return { netHours, signedBefore, year, signable: Math.max(0, wholeCents(left)) }
}

interface Signed {
  readonly before: string
  readonly inYear: string
}

async function readSigned(db: LedgerDatabase, question: SignQuestion): Promise<Signed> {
  const { hospital, from, to } = question
  const year = yearOf(from)
  const { rows } = await sql<Signed>`SELECT
      coalesce(sum(hours) FILTER (WHERE from_day <= ${to} AND to_day >= ${from}), 0)::text AS before,
      coalesce(sum(hours) FILTER (WHERE from_day >= ${year.from} AND to_day <= ${year.to}), 0)::text AS "inYear"
    FROM realised WHERE hospital = ${hospital} AND withdrawn_at IS NULL`.execute(db)
  return rows[0] ?? { before: '0', inYear: '0' }
}

/** Hundredths of an hour, rounded down; what a double lacks of a hundredth does not take it away. */
const wholeCents = (hours: number): number => Math.floor(hours * 100 + 1e-6) / 100

/**
 * Signs what became of hours of whole months of one year that are over. It can be withdrawn, never changed; the ledger holds it to the
 * net hours of the moment, and to what is signed already.
 * @throws business: names the field when the period is not over or the hours are more than can be signed
 */
export async function signRealised(db: LedgerDatabase, by: ChangedBy, signed: NewRealised): Promise<number> {
  const { hospital, from, to, purpose, department, hours, signedName } = signed
  checkPeriod(signed, by.today)
  if (to >= by.today)
    throw refused(
      'to',
      'period-not-over',
      `${to} is not over (today is ${by.today}); sign a period that has ended.`,
    )
  checkText('department', department)
  checkText('signedName', signedName)
  checkAmount('hours', hours, 2, 10_000_000)
  const question = { hospital, from, to, today: by.today }
  const net = await signableHours(db, question)
  return await inTransaction(db, async (tx) => {
    // Whoever signs other months of the year at the same moment waits for this.
    await sql`SELECT pg_advisory_xact_lock(hashtextextended(${`realised ${hospital}`}, 0))`.execute(tx)
    const yearNet = net.year.netHours
    const now = leftOf({ netHours: net.netHours, yearNet }, await readSigned(tx, question), question)
    if (hours > now.signable) throw tooMany(hours, now)
    const { netHours, signedBefore } = now
    const values = {
      ...{ hospital, from_day: from, to_day: to, purpose, department, hours: hours.toFixed(2) },
      ...{ net_hours: netHours.toFixed(4), signed_before: signedBefore.toFixed(2) },
      ...{ signed_name: signedName, signed_by: by.account },
    }
    const inserting = tx.insertInto('realised').values(values).returning('id')
    const { id } = await explainRefusal(inserting.executeTakeFirstOrThrow())
    const change = { hospital, account: by.account, what: 'realised', subject: String(id) }
    await recordChange(tx, { ...change, before: null, after: { from, to, purpose, department, hours } })
    return id
  })
}

function tooMany(hours: number, { netHours, signedBefore, year, signable }: SignableHours) {
  const own = `the period has ${netHours.toFixed(4)} net hours of which ${signedBefore.toFixed(2)} are signed`
  const whole = `, ${year.year} has ${year.netHours.toFixed(4)} of which ${year.signedHours.toFixed(2)} are signed`
  const remedy =
    signable === 0
      ? 'nothing is left to sign, withdraw something first.'
      : `give at most ${signable.toFixed(2)}.`
  const why = `${hours} is more than can be signed; ${own}${whole}: ${remedy}`
  return refused('hours', 'realised-within-net', why)
}

/** Withdraws what was signed; the record stays, with who withdrew it and why. */
export async function withdrawRealised(
  db: LedgerDatabase,
  by: ChangedBy,
  { id, hospital, reason }: { readonly id: number; readonly hospital: string; readonly reason: string },
): Promise<void> {
  checkText('reason', reason)
  await inTransaction(db, async (tx) => {
    const row = await tx
      .updateTable('realised')
      .set({ withdrawn_at: sql`clock_timestamp()`, withdrawn_by: by.account, withdrawn_reason: reason })
      .where('id', '=', id)
      .where('hospital', '=', hospital)
      .where('withdrawn_at', 'is', null)
      .returning('hours')
      .executeTakeFirst()
    if (!row)
      throw refused(
        'id',
        'not-found',
        `nothing signed has number ${id} here, or it was withdrawn; choose another.`,
      )
    const change = { hospital, account: by.account, what: 'realised', subject: String(id) }
    await recordChange(tx, { ...change, before: { hours: Number(row.hours) }, after: { withdrawn: reason } })
  })
}

/** Everything that was signed at a hospital, the newest first, with what is left net of it on the local date of asking. */
export async function readRealised(
  db: LedgerDatabase,
  hospital: string,
  today: string,
  memory?: FigureMemory,
): Promise<Realised[]> {
  const signed = new Map(
    (await readSignedNow(db, { hospital, today }, memory)).map(({ id, ...now }) => [id, now]),
  )
  const rows = await db
    .selectFrom('realised')
    .selectAll()
    .where('hospital', '=', hospital)
    .orderBy('id', 'desc')
    .execute()
  return rows.map((row) => ({
    ...{ id: row.id, hospital, from: row.from_day, to: row.to_day, purpose: row.purpose },
    ...{
      department: row.department,
      hours: row.hours,
      netHours: row.net_hours,
      signedBefore: row.signed_before,
    },
    ...{ signedName: row.signed_name, signedBy: row.signed_by, signedAt: row.signed_at },
    now: signed.get(row.id) ?? null,
    withdrawn: row.withdrawn_at && {
      ...{ at: row.withdrawn_at, by: row.withdrawn_by ?? '', reason: row.withdrawn_reason ?? '' },
    },
  }))
}
