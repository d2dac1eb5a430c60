import { ACTIVITIES, type Activity } from '../../bots/activity.ts'
import type { LedgerDatabase } from '../ledger/tables.ts'
import { readSavings } from '../savings/report.ts'
import { inSnapshot } from '../savings/snapshot.ts'
import { readActivityHours } from './time-use.ts'

/** What a hospital's staff spent on an activity in a year, and what robots gave back of it. */
export interface ActivityUse {
  readonly hospital: string
  readonly activity: Activity
  /** Null where the hospital entered none for the year. */
  readonly spentHours: number | null
  /** Net hours of the year so far; null where no robot does this activity. */
  readonly savedHours: number | null
}

/** Each activity of these hospitals for which there is one of the two, in the order of the taxonomy. */
export async function readActivityUse(
  db: LedgerDatabase,
  hospitals: readonly string[],
  year: number,
  today: string,
): Promise<ActivityUse[]> {
  return await inSnapshot(db, async (snapshot) => {
    const spent = await readActivityHours(snapshot, hospitals, year)
    const saved = await readSaved(snapshot, year, today)
    return hospitals.flatMap((hospital) =>
      ACTIVITIES.flatMap((activity) => {
        const hours = spent.find((row) => row.hospital === hospital && row.activity === activity)?.hours
        const net = saved.get(JSON.stringify([hospital, activity]))
        if (hours === undefined && net === undefined) return []
        const spentHours = hours === undefined ? null : Number(hours)
        return [{ hospital, activity, spentHours, savedHours: net ?? null }]
      }),
    )
  })
}

/** Net hours by hospital and activity; nothing of a year that has not begun. */
async function readSaved(db: LedgerDatabase, year: number, today: string): Promise<Map<string, number>> {
  const saved = new Map<string, number>()
  const period = { from: `${year}-01-01`, to: `${year}-12-31` }
  if (period.from > today) return saved
  const { hospitals } = await readSavings(db, { ...period, today })
  for (const { hospital, activity, netHours } of hospitals.flatMap(({ deployments }) => deployments)) {
    const key = JSON.stringify([hospital, activity])
    saved.set(key, (saved.get(key) ?? 0) + netHours)
  }
  return saved
}
