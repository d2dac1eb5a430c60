import { measuredDays, yearsPerPeriod } from './fte.ts'
import { finishedByHand } from './minutes.ts'
import type { DeploymentFigures, HospitalFigures } from './read-figures.ts'

/** A bot at a hospital. */
export interface Place {
  readonly hospital: string
  readonly bot: string
}

/** What was finished of a bot's work at a hospital in the last year, by the bot or by a person. */
export interface Source extends Place {
  readonly items: number
  readonly itemsPerYear: number
  /** The fewest days over which one of its deployments counted. */
  readonly days: number
  /** What all of them take by hand. */
  readonly minutes: number
}

/** Of a hospital with fewer items nothing is told elsewhere, not even within a mean. */
const FEWEST = 5

/** What was measured at these hospitals, by hospital and bot. */
export function sourcesOf(hospitals: readonly HospitalFigures[]): Source[] {
  const rows = hospitals.flatMap(({ deployments }) => deployments).map(measuredOf)
  const places = Map.groupBy(rows, ({ hospital, bot }) => `${hospital} ${bot}`)
  return [...places.values()].flatMap((own): Source[] => {
    const [first] = own
    const total = (amount: (row: Source) => number) => own.reduce((sum, row) => sum + amount(row), 0)
    const items = total((row) => row.items)
    if (!first || items < FEWEST) return []
    const itemsPerYear = total((row) => row.itemsPerYear)
    const days = Math.min(...own.filter((row) => row.items > 0).map((row) => row.days))
    return [{ ...first, items, itemsPerYear, days, minutes: total(({ minutes }) => minutes) }]
  })
}

/** Of one deployment. */
function measuredOf({ hospital, bot, period, counts, pricing, firstDay, backlogDays }: DeploymentFigures) {
  const { items, minutes } = finishedByHand(counts, pricing)
  const days = measuredDays(period, firstDay, backlogDays)
  return { hospital, bot, items, minutes, days, itemsPerYear: items * yearsPerPeriod(period, days) }
}
