import { ACTIVITIES, type Activity } from '../../bots/activity.ts'
import type { LedgerDatabase } from '../ledger/tables.ts'
import { readSavings } from '../savings/report.ts'
import { inSnapshot } from '../savings/snapshot.ts'
import { toldAt, toldOf, toldSum } from '../savings/withhold.ts'
import { readActivityHours } from './time-use.ts'

/** What a hospital's staff spent on an activity in a year, and what robots gave back of it. */
export interface ActivityUse {
  readonly hospital: string
  readonly activity: Activity
  /** Null where the hospital entered none for the year. */
  readonly spentHours: number | null
  /** Net hours of the year so far; null where no robot does this activity, or when they are withheld. */
  readonly savedHours: number | null
  /** Whether they are not told: a deployment of this activity counted too few items. */
  readonly withheld: boolean
}

export interface ActivityQuestion {
  readonly year: number
  /** Local date. */
  readonly today: string
  /** Where the reader may see items: of the other hospitals the hours of too few items are withheld. */
  readonly seesItems: (hospital: string) => boolean
}

/** Each activity of these hospitals for which there is one of the two, in the order of the taxonomy. */
export async function readActivityUse(
  db: LedgerDatabase,
  hospitals: readonly string[],
  { year, today, seesItems }: ActivityQuestion,
): Promise<ActivityUse[]> {
  return await inSnapshot(db, async (snapshot) => {
    const spent = await readActivityHours(snapshot, hospitals, year)
    const saved = await readSaved(snapshot, { year, today, seesItems })
    return hospitals.flatMap((hospital) =>
      ACTIVITIES.flatMap((activity) => {
        const hours = spent.find((row) => row.hospital === hospital && row.activity === activity)?.hours
        const net = saved.get(JSON.stringify([hospital, activity]))
        if (hours === undefined && net === undefined) return []
        const spentHours = hours === undefined ? null : Number(hours)
        return [{ hospital, activity, spentHours, savedHours: net ?? null, withheld: net === null }]
      }),
    )
  })
}

/** Net hours by hospital and activity, null where they are not told; nothing of a year that has not begun. */
async function readSaved(
  db: LedgerDatabase,
  { year, today, seesItems }: ActivityQuestion,
): Promise<Map<string, number | null>> {
  const saved = new Map<string, number | null>()
  const period = { from: `${year}-01-01`, to: `${year}-12-31` }
  if (period.from > today) return saved
  const { hospitals } = await readSavings(db, { ...period, today })
  const told = toldOf(hospitals, seesItems)
  for (const row of hospitals.flatMap(({ deployments }) => deployments)) {
    const key = JSON.stringify([row.hospital, row.activity])
    const own = toldAt(told, row).hours ? row.netHours : null
    saved.set(key, toldSum([saved.get(key) ?? (saved.has(key) ? null : 0), own]))
  }
  return saved
}
