import type { FigureValues } from './recount-figures.ts'

/** Where a figure comes from: items that were counted, hours that were booked, or the days that are measured. */
export type Cause = 'counted' | 'booked' | 'measured' | 'made'

export interface Figure {
  readonly words: string
  readonly from: Cause
  /** How far report and recount may be apart; nothing when left out. */
  readonly limit?: number
  /** The same as a part of what the recount gives. */
  readonly relative?: number
}

/**
 * The report tells doubles, made in some ten steps of exact sums; the recount's decimals are exact. A thousandth of a second
 * is more than doubles lose of the sum of ten million items, and less than any mistake: human seconds are whole, and a
 * thousandth of a minute, the least that is told of a baseline, is 0.06 of them. Hours are told to the same, and FTE,
 * which is some thousand times fewer, to a thousandth of that.
 */
const SECONDS = 0.001
const HOURS = 0.000001
const FTE = 0.000000001
/**
 * Half an interval is how often each baseline counted × t × spread / √n. The report takes Student's t from a table with
 * seven decimals, half of the last of which is 1 in 40 million of the smallest t, 1.96; the recount works it out. A case
 * more or fewer in n changes √n alone by 1 in 2n: more than this for any n below five million.
 */
const OF_MARGIN = 0.0000001

/** Half of an interval, in hours or FTE. */
const half = (words: string, from: Cause, limit: number): Figure => ({
  ...{ words: `half of the interval of ${words}`, from, limit },
  relative: OF_MARGIN,
})

/** Of a deployment. Whole numbers and hours that were booked are equal or they are not. */
export const OF_DEPLOYMENT: Readonly<Record<string, Figure>> = {
  grossSeconds: { words: 'gross seconds', from: 'counted', limit: SECONDS },
  humanSeconds: { words: 'human seconds', from: 'counted', limit: SECONDS },
  netSeconds: { words: 'net seconds', from: 'counted', limit: SECONDS },
  oneOffGrossSeconds: { words: 'gross seconds of backlogs', from: 'counted', limit: SECONDS },
  oneOffHumanSeconds: { words: 'human seconds of backlogs', from: 'counted', limit: SECONDS },
  oneOffNetSeconds: { words: 'net seconds of backlogs', from: 'counted', limit: SECONDS },
  done: { words: 'items done', from: 'counted' },
  nothing: { words: 'items with nothing to do', from: 'counted' },
  byHand: { words: 'items done by hand', from: 'counted' },
  parked: { words: 'items parked', from: 'counted' },
  shadow: { words: 'items in shadow mode', from: 'counted' },
  oneOffItems: { words: 'items of backlogs', from: 'counted' },
  withoutBaseline: { words: 'items without a baseline', from: 'counted' },
  oneOffWithoutBaseline: { words: 'items of backlogs without a baseline', from: 'counted' },
  leftOut: { words: 'items left out', from: 'counted' },
  grade: { words: 'grade', from: 'counted' },
  marginHours: half('net hours', 'counted', HOURS),
  noInterval: { words: 'why there is no interval', from: 'counted' },
  upkeepHours: { words: 'upkeep hours', from: 'booked' },
  oneOffUpkeepHours: { words: 'upkeep hours of backlogs', from: 'booked' },
  measuredDays: { words: 'measured days', from: 'measured' },
  firstDay: { words: 'first measured day', from: 'measured' },
  backlogDays: { words: 'days of backlogs', from: 'measured' },
  netHours: { words: 'net hours', from: 'made', limit: HOURS },
  oneOffNetHours: { words: 'net hours of backlogs', from: 'made', limit: HOURS },
  hoursPerYear: { words: 'hours a year', from: 'made', limit: HOURS },
}

/** Of a hospital; sums are those of its deployments. */
export const SUMS: Readonly<Record<string, Figure>> = {
  grossHours: { words: 'gross hours', from: 'made', limit: HOURS },
  humanHours: { words: 'human hours', from: 'made', limit: HOURS },
  upkeepHours: { words: 'upkeep hours', from: 'made', limit: HOURS },
  netHours: { words: 'net hours', from: 'made', limit: HOURS },
  oneOffItems: { words: 'items of backlogs', from: 'made' },
  oneOffNetHours: { words: 'net hours of backlogs', from: 'made', limit: HOURS },
  hoursPerYear: { words: 'hours a year', from: 'made', limit: HOURS },
  leftOut: { words: 'items left out', from: 'made' },
  brief: { words: 'deployments measured over few days', from: 'made' },
}
export const NORM: Readonly<Record<string, Figure>> = {
  normName: { words: 'norm', from: 'made' },
  normHours: { words: 'hours of one FTE', from: 'made' },
  normValidFrom: { words: 'first day of the norm', from: 'made' },
  realisedHours: { words: 'realised hours', from: 'made' },
  realisedAcrossHours: { words: 'hours realised partly in the period', from: 'made' },
}
export const ANNUAL: Readonly<Record<string, Figure>> = {
  fte: { words: 'FTE at the norm', from: 'made', limit: FTE },
  contractFte: { words: 'FTE at 1,878', from: 'made', limit: FTE },
}
const MARGINS: Readonly<Record<string, Figure>> = {
  marginHours: half('net hours', 'made', HOURS),
  marginFte: half('FTE at the norm', 'made', FTE),
  marginContractFte: half('FTE at 1,878', 'made', FTE),
  noInterval: { words: 'why there is no interval', from: 'made' },
}
/** Of a hospital, how good its figures are: no sums, so that they are what they should be only when each deployment's are. */
export const QUALITY: Readonly<Record<string, Figure>> = {
  grade: { words: 'grade', from: 'made' },
  ...MARGINS,
  oneOffMarginHours: half('net hours of backlogs', 'made', HOURS),
}

/** How far the middle of an interval lies from the figure that it is told with. */
export const CENTRED: Readonly<Record<string, Figure>> = {
  offHours: { words: 'net hours less the middle of their interval', from: 'made', limit: HOURS },
  offFte: { words: 'FTE at the norm less the middle of its interval', from: 'made', limit: FTE },
  offContractFte: { words: 'FTE at 1,878 less the middle of its interval', from: 'made', limit: FTE },
  offOneOffHours: {
    words: 'net hours of backlogs less the middle of their interval',
    ...{ from: 'made', limit: HOURS },
  },
}

export const IN_THE_MIDDLE: FigureValues = Object.fromEntries(Object.keys(CENTRED).map((name) => [name, 0]))

/** The least share of an item, of a part of a chain, is a hundred millionth. */
const SHARES = 0.0000001

/** How often each baseline counted, by the names that both sides have for it: `used 12`, and `once 12` of backlogs. */
export function sharesOf(...sides: readonly FigureValues[]): Readonly<Record<string, Figure>> {
  const names = sides.flatMap((side) => Object.keys(side)).filter((name) => /^(used|once) /.test(name))
  return Object.fromEntries(
    names.map((name) => {
      const [kind, baseline] = name.split(' ')
      const words = `shares of baseline ${baseline}${kind === 'once' ? ' of backlogs' : ''}`
      return [name, { words, from: 'counted', limit: SHARES }]
    }),
  )
}

/** Of all hospitals together. */
export const TOTAL: Readonly<Record<string, Figure>> = {
  netHours: { words: 'net hours', from: 'made', limit: HOURS },
  ...ANNUAL,
  brief: { words: 'deployments measured over few days', from: 'made' },
  ...MARGINS,
  ...CENTRED,
}
