import { sql } from 'kysely'
import { recordChange } from '../ledger/changes.ts'
import { inTransaction } from '../ledger/in-transaction.ts'
import type { LedgerDatabase } from '../ledger/tables.ts'
import { CONTRACT_NORM, fteOf, isBrief, normOn, type Norm } from './fte.ts'
import { checkAmount, checkText, refused, type ChangedBy } from './input-checks.ts'
import { dayAfter, type Period } from './period.ts'
import { sourcesOf, type Place, type Source } from './potential-sources.ts'
import { readFigures, type HospitalFigures } from './read-figures.ts'
import { inSnapshot } from './snapshot.ts'

export interface NewBusinessCase {
  readonly hospital: string
  readonly bot: string
  readonly itemsPerYear: number
  /** By hand, per item; left out, the measured figures of hospitals that run the bot are used. */
  readonly minutes?: number | undefined
  /** Where the volume comes from. */
  readonly source: string
}

/** What a bot could give a hospital: expected volume × minutes, before it works there. Never part of another layer. */
export interface Potential {
  readonly hospital: string
  readonly bot: string
  /** Not rounded, like the figures below. */
  readonly itemsPerYear: number
  /** `measured`: what was finished in a year at the hospitals that run the bot, by it or by a person, on average. */
  readonly volumeFrom: 'business-case' | 'measured'
  /** The fewest days over which one of these counted it, when those are few: such a volume says little yet. */
  readonly briefDays: number | null
  readonly minutes: number
  /** `measured`: the mean baseline of what was finished at the hospitals that run the bot, by it or by a person. */
  readonly from: 'business-case' | 'measured'
  /** The days whose report tells what measured figures are made of. */
  readonly measuredOver: Period
  /** How many hospitals and items the measured minutes come from; 0 for a business case. */
  readonly measuredAt: { readonly hospitals: number; readonly items: number }
  readonly hoursPerYear: number
  readonly norm: Norm
  readonly fte: number
  readonly contractFte: number
  /** Empty when nobody wrote a business case down. */
  readonly source: string
  /** The business case that counts; null when it is measured elsewhere only. */
  readonly businessCase: number | null
  /** Whether the bot works there already: then its gross and net figures say more. */
  readonly adopted: boolean
  /** The other hospitals where it is live and counted items in the last year; 0 where it is not proven yet. */
  readonly provenAt: { readonly hospitals: number; readonly items: number }
}

/** Writes a business case down; the newest one of a hospital and bot counts. @throws business: names the field */
export async function addBusinessCase(
  db: LedgerDatabase,
  by: ChangedBy,
  given: NewBusinessCase,
): Promise<number> {
  const { hospital, bot, itemsPerYear, minutes, source } = given
  checkText('bot', bot)
  checkAmount('itemsPerYear', itemsPerYear, 0, 100_000_000)
  if (minutes !== undefined) checkAmount('minutes', minutes, 3, 10_000)
  checkText('source', source)
  return await inTransaction(db, async (tx) => {
    const { id } = await tx
      .insertInto('business_case')
      .values({
        ...{ hospital, bot, items_per_year: itemsPerYear, minutes: minutes?.toFixed(3) ?? null },
        ...{ source, entered_by: by.account },
      })
      .returning('id')
      .executeTakeFirstOrThrow()
    const after = { itemsPerYear, minutes: minutes ?? null, source }
    await recordChange(tx, {
      hospital,
      account: by.account,
      what: 'business-case',
      subject: bot,
      before: null,
      after,
    })
    return id
  })
}

/**
 * Takes a business case away that was entered by mistake: the one before it counts again, else what is measured.
 * @throws business when there is none such at the hospital
 */
export async function removeBusinessCase(
  db: LedgerDatabase,
  by: ChangedBy,
  { hospital, id }: { readonly hospital: string; readonly id: number },
): Promise<void> {
  await inTransaction(db, async (tx) => {
    const removed = await tx
      .deleteFrom('business_case')
      .where('hospital', '=', hospital)
      .where('id', '=', id)
      .returningAll()
      .executeTakeFirst()
    if (!removed)
      throw refused('id', 'not-found', `there is no business case ${id} here; choose one from the list.`)
    const { bot, items_per_year: itemsPerYear, minutes, source } = removed
    const before = { itemsPerYear, minutes: minutes === null ? null : Number(minutes), source }
    const change = { hospital, account: by.account, what: 'business-case', subject: bot }
    await recordChange(tx, { ...change, before, after: null })
  })
}

const DAYS_MEASURED = 365

/**
 * The potential of every hospital and bot with a business case, and of every hospital that does not run a bot which is
 * proven elsewhere, the most hours first. What a business case leaves open comes from the hospitals that run the bot.
 */
export async function readPotential(db: LedgerDatabase, today: string): Promise<Potential[]> {
  return await inSnapshot(db, async (snapshot) => {
    const cases = await readCases(snapshot)
    const live = await readLive(snapshot)
    const period = { from: dayAfter(today, 1 - DAYS_MEASURED), to: today }
    const hospitals = await readFigures(snapshot, { ...period, until: today }, undefined)
    const sources = sourcesOf(hospitals)
    const norms = new Map(hospitals.map(({ id, norms: own }) => [id, normOn(own, today)]))
    const isLive = ({ hospital, bot }: Place) => live.has(`${hospital} ${bot}`)
    const wanted = [...cases, ...openPlaces(hospitals, sources, cases).filter((place) => !isLive(place))]
    const found = wanted.flatMap((place): Potential[] => {
      const elsewhere = sources.filter(
        ({ hospital, bot }) => bot === place.bot && hospital !== place.hospital,
      )
      const provenAt = countedAt(elsewhere.filter(isLive))
      const volume = volumeOf(place, elsewhere.filter(isLive))
      const minutes = minutesOf(place, elsewhere)
      if (volume === undefined || minutes === undefined) return []
      const hoursPerYear = (volume.itemsPerYear * minutes.minutes) / 60
      const norm = norms.get(place.hospital) ?? normOn([], today)
      return [
        {
          ...{ hospital: place.hospital, bot: place.bot, source: place.source, ...volume, ...minutes },
          ...{ hoursPerYear, norm, provenAt, measuredOver: period },
          ...{ adopted: isLive(place), businessCase: place.id },
          ...{ fte: fteOf(hoursPerYear, norm), contractFte: fteOf(hoursPerYear, CONTRACT_NORM) },
        },
      ]
    })
    return found.toSorted((a, b) => b.hoursPerYear - a.hoursPerYear)
  })
}

/** What somebody wrote down of a bot at a hospital; nulls where nobody did. */
interface Case extends Place {
  readonly id: number | null
  readonly volume: number | null
  readonly minutes: string | null
  readonly source: string
}

async function readCases(db: LedgerDatabase): Promise<readonly Case[]> {
  const { rows } = await sql<Case>`
    SELECT DISTINCT ON (b.hospital, b.bot) b.id, b.hospital, b.bot, b.items_per_year AS volume, b.minutes::text AS minutes,
      b.source FROM business_case b ORDER BY b.hospital, b.bot, b.id DESC`.execute(db)
  return rows
}

async function readLive(db: LedgerDatabase): Promise<ReadonlySet<string>> {
  const rows = await db
    .selectFrom('deployment')
    .select(['hospital', 'bot'])
    .where('mode', '=', 'live')
    .execute()
  return new Set(rows.map(({ hospital, bot }) => `${hospital} ${bot}`))
}

/** Hospitals and proven bots of which nobody wrote a business case down. */
function openPlaces(
  hospitals: readonly HospitalFigures[],
  sources: readonly Source[],
  cases: readonly Case[],
): Case[] {
  const told = new Set(cases.map(({ hospital, bot }) => `${hospital} ${bot}`))
  const bots = [...new Set(sources.map(({ bot }) => bot))]
  return hospitals.flatMap(({ id: hospital }) =>
    bots
      .filter((bot) => !told.has(`${hospital} ${bot}`))
      .map((bot) => ({ id: null, hospital, bot, volume: null, minutes: null, source: '' })),
  )
}

/** The volume that was written down, else the mean of the hospitals where the bot is live. */
function volumeOf(
  { volume }: Case,
  live: readonly Source[],
): Pick<Potential, 'itemsPerYear' | 'volumeFrom' | 'briefDays'> | undefined {
  if (volume !== null) return { itemsPerYear: volume, volumeFrom: 'business-case', briefDays: null }
  if (live.length === 0) return undefined
  const sum = live.reduce((total, { itemsPerYear }) => total + itemsPerYear, 0)
  const fewest = Math.min(...live.map(({ days }) => days))
  const briefDays = isBrief(fewest) ? fewest : null
  return { itemsPerYear: sum / live.length, volumeFrom: 'measured', briefDays }
}

/** The minutes that were written down, else the mean baseline at all hospitals that counted the bot, weighed by items. */
function minutesOf(
  { minutes }: Case,
  elsewhere: readonly Source[],
): Pick<Potential, 'minutes' | 'from' | 'measuredAt'> | undefined {
  if (minutes !== null)
    return { minutes: Number(minutes), from: 'business-case', measuredAt: { hospitals: 0, items: 0 } }
  const measuredAt = countedAt(elsewhere)
  if (measuredAt.items === 0) return undefined
  const total = elsewhere.reduce((sum, source) => sum + source.minutes, 0)
  return { minutes: total / measuredAt.items, from: 'measured', measuredAt }
}

const countedAt = (sources: readonly Source[]): Potential['measuredAt'] => ({
  hospitals: sources.length,
  items: sources.reduce((sum, { items }) => sum + items, 0),
})
