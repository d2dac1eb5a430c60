import type { FigureValues, RecountedFigures } from './recount-figures.ts'
import {
  ANNUAL,
  CENTRED,
  IN_THE_MIDDLE,
  NORM,
  OF_DEPLOYMENT,
  QUALITY,
  sharesOf,
  SUMS,
  TOTAL,
  type Cause,
  type Figure,
} from './recount-limits.ts'
import { figuresOfDeployment, figuresOfHospital, figuresOfTotal } from './recount-told.ts'
import { expectedTotal } from './recount-total.ts'
import type { ReportTotal } from './report-total.ts'
import type { SavingsReport } from './report.ts'

/** A figure that a report tells otherwise than the recount. */
export interface FigureDifference {
  /** In words, such as `measured days`. */
  readonly figure: string
  readonly reported: number | string | null
  readonly recounted: number | string | null
}

/** All that a report tells otherwise of one deployment, of a hospital as a whole, or of all. */
export interface ReportGap {
  /** Null for all hospitals together. */
  readonly hospital: string | null
  /** Null for the hospital's own figures. */
  readonly deployment: string | null
  readonly figures: readonly FigureDifference[]
  /** Net seconds that the recount gives more than the report, of regular work and of backlogs. */
  readonly seconds: number
  /** Of which of them the cause is looked for. */
  readonly about: readonly Cause[]
}

/**
 * Everything that a report tells otherwise than the recount, by deployment and by hospital. What follows from a count that
 * is wrong, and so told as such, is left away; a hospital's sums are held against those of its deployments as told, so that
 * what is wrong at one of them is told once and hides nothing of the hospital's own.
 * @param miscounted deployments of which a count is wrong
 * @param total what is told of all hospitals together
 */
export function reportGaps(
  report: SavingsReport,
  recounted: readonly RecountedFigures[],
  miscounted: ReadonlySet<string>,
  total: ReportTotal,
): ReportGap[] {
  const deployments = recounted.flatMap((row) => sidesOf(report, row) ?? [])
  const gaps = deployments.map((row) => {
    const counted = { ...OF_DEPLOYMENT, ...sharesOf(row.reported, row.figures) }
    const wrong = miscounted.has(row.deployment) ? onlyBooked : counted
    return gapOf(row, differing(wrong, row.reported, row.figures))
  })
  const apart = new Set([
    ...miscounted,
    ...gaps.flatMap((gap) => (gap.figures.length > 0 ? gap.deployment : [])),
  ])
  const hospitals = recounted.flatMap((row) => {
    if (row.deployment !== null) return []
    const others = deployments.filter((of) => of.hospital === row.hospital && apart.has(of.deployment))
    return hospitalSides(report, row, others)
  })
  const own = hospitals.map(({ wrong, ...sides }) =>
    gapOf(sides, differing(wrong, sides.reported, sides.figures)),
  )
  const whole = totalSides(
    total,
    hospitals.map(({ reported, figures, isApart }, place) =>
      isApart || (own[place]?.figures.length ?? 0) > 0 ? reported : figures,
    ),
  )
  const ofAll = gapOf(whole, differing(TOTAL, whole.reported, whole.figures))
  return [...gaps, ...own, ofAll].filter(({ figures }) => figures.length > 0)
}

/** What report and recount say of a deployment; undefined when the row is that of a hospital. */
function sidesOf(
  { hospitals, period }: SavingsReport,
  { hospital, deployment, figures }: RecountedFigures,
): (BothSides & { readonly deployment: string }) | undefined {
  if (deployment === null) return undefined
  const of = hospitals.find(({ id }) => id === hospital)?.deployments.find(({ id }) => id === deployment)
  return { hospital, deployment, figures, reported: of ? figuresOfDeployment(of, period) : {} }
}

interface HospitalSides extends BothSides {
  /** What is held against each other. */
  readonly wrong: Readonly<Record<string, Figure>>
  /** Whether a deployment of it is told otherwise or counted wrongly. */
  readonly isApart: boolean
}

/** What report and recount say of a hospital, of which some deployments are told otherwise. */
function hospitalSides(
  report: SavingsReport,
  { hospital, figures }: RecountedFigures,
  others: readonly BothSides[],
): HospitalSides {
  const of = report.hospitals.find(({ id }) => id === hospital)
  const isApart = others.length > 0
  return {
    ...{ hospital, deployment: null, isApart },
    wrong: { ...SUMS, ...NORM, ...ANNUAL, ...CENTRED, ...(isApart ? {} : QUALITY) },
    reported: of ? figuresOfHospital(of) : {},
    figures: asTold(figures, others),
  }
}

/** @param hospitals what each tells, or should tell */
const totalSides = (total: ReportTotal, hospitals: readonly FigureValues[]): BothSides => ({
  ...{ hospital: null, deployment: null },
  ...{ reported: figuresOfTotal(total), figures: { ...expectedTotal(hospitals), ...IN_THE_MIDDLE } },
})

const onlyBooked = Object.fromEntries(
  Object.entries(OF_DEPLOYMENT).filter(([, { from }]) => from === 'booked'),
)

interface BothSides {
  readonly hospital: string | null
  readonly deployment: string | null
  readonly reported: FigureValues
  readonly figures: FigureValues
}

/** What a hospital's figures would be were those of some of its deployments as the report tells them. */
function asTold(figures: FigureValues, apart: readonly BothSides[]): FigureValues {
  const more = (name: string) =>
    apart.reduce((sum, row) => sum + numberOf(row.reported, name) - numberOf(row.figures, name), 0)
  const sums = Object.keys(SUMS).map((name) => [name, numberOf(figures, name) + more(name)] as const)
  const fte = numberOf(figures, 'fte') + more('hoursPerYear') / numberOf(figures, 'normHours')
  const contractFte = numberOf(figures, 'contractFte') + more('hoursPerYear') / 1878
  return { ...figures, ...Object.fromEntries(sums), ...IN_THE_MIDDLE, fte, contractFte }
}

const numberOf = (figures: FigureValues, name: string): number => Number(figures[name] ?? 0)

type Differing = FigureDifference & Pick<Figure, 'from'>

function differing(
  among: Readonly<Record<string, Figure>>,
  reported: FigureValues,
  recounted: FigureValues,
): Differing[] {
  return Object.entries(among).flatMap(([name, { words, from, limit = 0, relative = 0 }]) => {
    const [there, here] = [reported[name] ?? null, recounted[name] ?? null]
    const same =
      typeof there === 'number' && typeof here === 'number'
        ? Math.abs(there - here) <= Math.max(limit, relative * here)
        : there === here
    return same ? [] : [{ figure: words, from, reported: there, recounted: here }]
  })
}

function gapOf(
  { hospital, deployment, reported, figures }: BothSides,
  found: readonly Differing[],
): ReportGap {
  const net = (side: FigureValues) => numberOf(side, 'netHours') + numberOf(side, 'oneOffNetHours')
  // Less of it is what doubles make of it.
  const seconds = Number(((net(figures) - net(reported)) * 3600).toFixed(6)) + 0
  return {
    ...{ hospital, deployment, seconds },
    figures: found.map(({ figure, reported: there, recounted }) => ({ figure, reported: there, recounted })),
    about: [...new Set(found.map(({ from }) => from))],
  }
}
