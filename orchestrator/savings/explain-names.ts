/** How often something happened: numbers of items. */
const COUNTED = [
  ...(['done', 'parked', 'by-hand'] as const),
  ...(['left-out', 'without-baseline', 'one-off-items'] as const),
] as const
export type Counted = (typeof COUNTED)[number]

/** What can be explained of a hospital, or of one of its deployments. */
export const MEASURES = [
  ...(['gross-hours', 'human-hours', 'upkeep-hours', 'net-hours', 'hours-a-year'] as const),
  ...(['fte', 'contract-fte', 'one-off-hours', 'measured-days'] as const),
  ...COUNTED,
] as const
export type Measure = (typeof MEASURES)[number]

export const isCounted = (measure: Measure): measure is Counted =>
  COUNTED.some((counted) => counted === measure)

export const UNITS = ['items', 'minutes', 'hours', 'days', 'hours-a-year', 'fte', 'share'] as const

export const TERMS = [
  ...(['items', 'shares', 'baseline', 'chain-share'] as const),
  ...(['gross-minutes', 'human-minutes', 'net-minutes', 'minutes-an-hour'] as const),
  ...(['upkeep', 'net-hours', 'days-of-year', 'measured-days'] as const),
  ...(['calendar-days', 'backlog-days', 'hours-a-year', 'norm'] as const),
] as const
export type TermName = (typeof TERMS)[number]
export type Unit = (typeof UNITS)[number]

/** What a step of a calculation gives. */
export const STEPS = [
  ...(['gross-minutes', 'net-minutes', 'net-hours', 'hours-a-year'] as const),
  ...(['gross-hours', 'human-hours', 'upkeep', 'measured-days'] as const),
  ...(['items', 'sum', 'fte'] as const),
] as const
export type StepName = (typeof STEPS)[number]
