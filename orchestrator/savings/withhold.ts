import type { DeploymentSavings, HospitalSavings, OutcomeCounts } from './report.ts'

/** Fewer than this could point at a patient or a colleague. */
const LEAST_SHOWN = 5
/** Whether a count is too small to be told to who sees counts only; none at all is told. */
export const isSmall = (count: number): boolean => count > 0 && count < LEAST_SHOWN

/** What is told of one deployment. What is not is null: small itself, or another count would follow from it. */
export interface Told {
  readonly items: Readonly<Record<keyof OutcomeCounts, number | null>>
  readonly withoutBaseline: number | null
  readonly leftOut: number | null
  readonly oneOffItems: number | null
  /** Whether is told how often each baseline counted. */
  readonly variants: boolean
  /** Whether minutes and hours are told: divided by a baseline they are a count. */
  readonly hours: boolean
  readonly oneOffHours: boolean
  /** Told with the hours: with them, the hours a year of the hospital would tell those of two deployments beside each other. */
  readonly measuredDays: number | null
  /** Told with the measured days, which are fewer by them. */
  readonly backlogDays: number | null
  readonly firstDay: string | null
}

/** What is told of the deployments of a report, by their ids. */
export type ToldOf = ReadonlyMap<string, Told>

/**
 * The one rule for screen, files and API about who sees counts only: no count of one to four is told, and none follows
 * from what is told in the same report.
 *
 * - What counted is linked: done and by hand are the items of each baseline, those without one, those of a backlog and
 *   those left out, together. One of them small, and none of them is told.
 * - Minutes of a deployment that used one baseline give its count away, so those go too; and with them those of the
 *   deployment with the fewest beside it, or the hospital's hours less the others' would tell them. Their measured days
 *   go too: with these its hours a year would tell both.
 * - On each day that a backlog takes from the measured days an item of it counted: with a small backlog they go too.
 * - A sum of counts is told when each of its parts is ({@link toldSum}). The hours of a hospital are always told: that is the
 *   limit of the rule, for where one deployment counted, they are its own.
 */
export function toldOf(
  hospitals: readonly HospitalSavings[],
  seesItems: (hospital: string) => boolean,
): ToldOf {
  return new Map(
    hospitals.flatMap(({ id, deployments }) =>
      seesItems(id)
        ? deployments.map((row) => [row.id, allOf(row)] as const)
        : [...withheldBeside(deployments)],
    ),
  )
}

function withheldBeside(deployments: readonly DeploymentSavings[]): Map<string, Told> {
  const hours = hiddenWith(deployments, (row) => row.used, daysGiveAway)
  const oneOff = hiddenWith(deployments, (row) => row.oneOff.used)
  return new Map(deployments.map((row) => [row.id, toldRow(row, !hours.has(row.id), !oneOff.has(row.id))]))
}

type UsesOf = (row: DeploymentSavings) => DeploymentSavings['used']

const daysGiveAway = ({ backlogDays, oneOff }: DeploymentSavings): boolean =>
  backlogDays > 0 && isSmall(oneOff.items)

/** Whose minutes give a small count away, and beside them those with the fewest items, until one of them is not small. */
function hiddenWith(
  deployments: readonly DeploymentSavings[],
  usesOf: UsesOf,
  alsoGivenAway = (_row: DeploymentSavings): boolean => false,
): ReadonlySet<string> {
  const itemsOf = (row: DeploymentSavings) => usesOf(row).reduce((sum, { items }) => sum + items, 0)
  const givenAway = deployments.filter(
    (row) => (usesOf(row).length === 1 && isSmall(itemsOf(row))) || alsoGivenAway(row),
  )
  const hidden = new Set(givenAway.map(({ id }) => id))
  if (hidden.size === 0) return hidden
  const others = deployments.filter((row) => !hidden.has(row.id) && itemsOf(row) > 0)
  for (const row of others.toSorted((a, b) => itemsOf(a) - itemsOf(b))) {
    hidden.add(row.id)
    if (!isSmall(itemsOf(row))) break
  }
  return hidden
}

function toldRow(row: DeploymentSavings, hours: boolean, oneOffHours: boolean): Told {
  const { items, withoutBaseline, leftOut, oneOff } = row
  const linked = [
    items.done,
    items['by-hand'],
    withoutBaseline,
    leftOut,
    oneOff.items,
    oneOff.withoutBaseline,
  ]
  const uses = [...row.used, ...oneOff.used].map((use) => use.items)
  const variants = hours && oneOffHours && ![...linked, ...uses].some(isSmall)
  const whole = (count: number) => (variants || count === 0 ? count : null)
  const own = (count: number) => (isSmall(count) ? null : count)
  return {
    items: {
      ...{ done: whole(items.done), 'by-hand': whole(items['by-hand']) },
      ...{ parked: own(items.parked), nothing: own(items.nothing), shadow: own(items.shadow) },
    },
    ...{ withoutBaseline: whole(withoutBaseline), leftOut: whole(leftOut), oneOffItems: whole(oneOff.items) },
    ...{ variants, hours, oneOffHours, ...(hours ? daysOf(row) : NO_DAYS) },
  }
}

const NO_DAYS = { measuredDays: null, backlogDays: null, firstDay: null }
const daysOf = ({ measuredDays, backlogDays, firstDay }: DeploymentSavings) => ({
  ...{ measuredDays, backlogDays, firstDay },
})

const allOf = (row: DeploymentSavings): Told => ({
  ...{ items: row.items, withoutBaseline: row.withoutBaseline, leftOut: row.leftOut },
  ...{ oneOffItems: row.oneOff.items, variants: true, hours: true, oneOffHours: true, ...daysOf(row) },
})

/** A sum of counts or figures, when each of its parts is told; one that is left out would follow from it. */
export function toldSum(parts: readonly (number | null)[]): number | null {
  return parts.reduce((sum, part) => (sum === null || part === null ? null : sum + part), 0)
}

/** What is told of a deployment of the report. */
export function toldAt(told: ToldOf, { id }: Pick<DeploymentSavings, 'id'>): Told {
  const found = told.get(id)
  if (!found) throw new Error(`The report does not hold deployment ${id}.`)
  return found
}
