import { sql } from 'kysely'
import { Temporal } from 'temporal-polyfill'
import type { LedgerDatabase } from '../ledger/tables.ts'
import { readSavings, type HospitalSavings } from './report.ts'
import { toldAt, toldOf, toldSum, type ToldOf } from './withhold.ts'

/** What a bot gave over the last twelve months. */
export interface Given {
  /** Done by the robot, or prepared by it and finished by a person. */
  readonly items: number
  readonly netHours: number
}

/** Fewer could say something about single patients: then nothing is told. */
const FEWEST = 5

/**
 * What each bot gave at one hospital, by its name; nothing of a bot that did fewer than five items.
 * @param seesItems whether the reader may see items there; else nothing of a bot of which the report does not tell it
 */
export async function givenHere(
  db: LedgerDatabase,
  hospital: string,
  today: string,
  seesItems: boolean,
): Promise<ReadonlyMap<string, Given>> {
  const { hospitals } = await readSavings(db, { hospital, ...lastYear(today), today })
  return byBot(
    hospitals[0],
    toldOf(hospitals, () => seesItems),
  )
}

/** The same added up over the other hospitals, as of the last night; with over how many. */
export async function givenElsewhere(
  db: LedgerDatabase,
  hospital: string,
): Promise<ReadonlyMap<string, Given & { readonly hospitals: number }>> {
  const { rows } = await sql<Given & { bot: string; hospitals: number }>`
    SELECT bot, count(*)::int AS hospitals, sum(items)::int AS items, sum(net_hours)::float8 AS "netHours"
    FROM bot_given WHERE hospital <> ${hospital} GROUP BY bot`.execute(db)
  return new Map(rows.map(({ bot, ...given }) => [bot, given]))
}

/**
 * Works out what every bot gave everywhere, once a day, for the catalogues of hospitals that may not see each other's
 * ledgers: what is too little to tell is left out here already. False when it was done today.
 */
export async function noteGiven(db: LedgerDatabase, today: string): Promise<boolean> {
  const { rows } = await sql`SELECT FROM bot_given_upkeep WHERE day >= ${today}::date`.execute(db)
  if (rows.length > 0) return false
  const { hospitals } = await readSavings(db, { ...lastYear(today), today })
  const told = toldOf(hospitals, () => false)
  const given = hospitals.flatMap((hospital) =>
    [...byBot(hospital, told)].map(([bot, { items, netHours }]) => ({
      ...{ bot, hospital: hospital.id, items, net_hours: netHours.toFixed(4) },
    })),
  )
  await db.transaction().execute(async (tx) => {
    await tx.deleteFrom('bot_given').execute()
    if (given.length > 0) await tx.insertInto('bot_given').values(given).execute()
    await tx
      .insertInto('bot_given_upkeep')
      .values({ day: today })
      .onConflict((conflict) => conflict.doNothing())
      .execute()
  })
  return true
}

function byBot(hospital: HospitalSavings | undefined, told: ToldOf): ReadonlyMap<string, Given> {
  const deployments = Map.groupBy(hospital?.deployments ?? [], ({ bot }) => bot)
  const given = [...deployments].flatMap(([bot, own]): [string, Given][] => {
    const of = own.map((row) => ({ netHours: row.netHours, ...toldAt(told, row) }))
    const items = toldSum(of.flatMap((row) => [row.items.done, row.items['by-hand']]))
    const netHours = toldSum(of.map((row) => (row.hours ? row.netHours : null)))
    return items === null || netHours === null ? [] : [[bot, { items, netHours }]]
  })
  return new Map(given.filter(([, { items }]) => items >= FEWEST))
}

function lastYear(today: string): { readonly from: string; readonly to: string } {
  return {
    from: Temporal.PlainDate.from(today).subtract({ years: 1 }).add({ days: 1 }).toString(),
    to: today,
  }
}
