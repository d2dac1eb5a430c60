import { sql } from 'kysely'
import { recordChange } from '../ledger/changes.ts'
import { inTransaction } from '../ledger/in-transaction.ts'
import type { LedgerDatabase } from '../ledger/tables.ts'
import { CONTRACT_NORM, fteOf, normOn, type Norm } from './fte.ts'
import { checkAmount, checkText, type ChangedBy } from './input-checks.ts'
import { dayAfter, type Period } from './period.ts'
import { readFigures } from './read-figures.ts'
import { readSavings, type DeploymentSavings } from './report.ts'
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
  readonly itemsPerYear: number
  readonly minutes: number
  /** `measured`: the mean of counted items at the hospitals that run the bot. */
  readonly from: 'business-case' | 'measured'
  /** How many hospitals and items the measured minutes come from; 0 for a business case. */
  readonly measuredAt: { readonly hospitals: number; readonly items: number }
  readonly hoursPerYear: number
  readonly norm: Norm
  readonly fte: number
  readonly contractFte: number
  readonly source: string
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

const DAYS_MEASURED = 365

/** The potential of every hospital and bot with a business case, the most hours first. */
export async function readPotential(db: LedgerDatabase, today: string): Promise<Potential[]> {
  return await inSnapshot(db, async (snapshot) => {
    const { rows } = await sql<{
      hospital: string
      bot: string
      volume: number
      minutes: string | null
      source: string
      adopted: boolean
    }>`
      SELECT DISTINCT ON (b.hospital, b.bot) b.hospital, b.bot, b.items_per_year AS volume, b.minutes::text AS minutes, b.source,
        EXISTS (SELECT FROM deployment d WHERE d.hospital = b.hospital AND d.bot = b.bot AND d.mode = 'live') AS adopted
      FROM business_case b ORDER BY b.hospital, b.bot, b.id DESC`.execute(snapshot)
    const period = { from: dayAfter(today, 1 - DAYS_MEASURED), to: today }
    const figures = await readFigures(snapshot, { ...period, until: today }, undefined)
    const measured = await measuredMinutes(snapshot, period, today)
    const found = rows.flatMap((row): Potential[] => {
      const norm = normOn(figures.find(({ id }) => id === row.hospital)?.norms ?? [], today)
      const { elsewhere, provenAt } = measured(row.bot, row.hospital)
      const minutes = row.minutes === null ? elsewhere?.minutes : Number(row.minutes)
      if (minutes === undefined) return []
      const hoursPerYear = (row.volume * minutes) / 60
      const { hospital, bot, volume: itemsPerYear, source, adopted } = row
      return [
        {
          ...{ hospital, bot, itemsPerYear, minutes, source, adopted, provenAt, hoursPerYear, norm },
          from: row.minutes === null ? 'measured' : 'business-case',
          measuredAt: row.minutes === null && elsewhere ? elsewhere.at : { hospitals: 0, items: 0 },
          fte: fteOf(hoursPerYear, norm),
          contractFte: fteOf(hoursPerYear, CONTRACT_NORM),
        },
      ]
    })
    return found.toSorted((a, b) => b.hoursPerYear - a.hoursPerYear)
  })
}

interface Elsewhere {
  /** Gross minutes an item over all other hospitals that counted it in the last year, weighed by their items. */
  readonly elsewhere: { readonly minutes: number; readonly at: Potential['measuredAt'] } | undefined
  readonly provenAt: Potential['provenAt']
}

/** What the hospitals that run a bot counted in the last year, for one that may not run it yet. */
async function measuredMinutes(db: LedgerDatabase, period: Period, today: string) {
  const { hospitals } = await readSavings(db, { ...period, today })
  const deployments = hospitals.flatMap((hospital) => hospital.deployments)
  const live = new Set(
    (await db.selectFrom('deployment').select('id').where('mode', '=', 'live').execute()).map(({ id }) => id),
  )
  return (bot: string, not: string): Elsewhere => {
    const counted = deployments.filter(
      (row) => row.bot === bot && row.hospital !== not && row.used.length > 0,
    )
    const provenAt = countedAt(counted.filter(({ id }) => live.has(id)))
    const at = countedAt(counted)
    if (at.items === 0) return { elsewhere: undefined, provenAt }
    const gross = counted.reduce((sum, { minutes }) => sum + minutes.gross, 0)
    return { elsewhere: { minutes: gross / at.items, at }, provenAt }
  }
}

const countedAt = (rows: readonly DeploymentSavings[]): Potential['measuredAt'] => ({
  hospitals: new Set(rows.map(({ hospital }) => hospital)).size,
  items: rows.flatMap(({ used }) => used).reduce((sum, use) => sum + use.items, 0),
})
