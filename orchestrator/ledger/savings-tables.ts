import type { Generated } from 'kysely'

type Nullable<T> = T | null

/**
 * Where a count belongs: `regular` work, the `one-off` clearing of a backlog, or a case that is `left-out` because
 * another deployment counts it for the same activity.
 */
export type CountKind = 'regular' | 'one-off' | 'left-out'
export type BaselineMethod = 'stopwatch' | 'shadow' | 'log' | 'estimate'
export type RealisedPurpose =
  'post-not-refilled' | 'temporary-staff-ended' | 'overtime-ended' | 'more-care' | 'less-pressure'

/** What work counts for, and what is signed about it. Numeric and date columns are text. */
export interface SavingsTables {
  baseline: BaselineTable
  credit: {
    item: string
    deployment: string
    variant: string
    share: string
    completed_on: string
    kind: Generated<CountKind>
  }
  day_count: {
    deployment: string
    day: string
    variant: string
    outcome: string
    kind: Generated<CountKind>
    items: number
    /** Items with a share above 0. */
    counting: Generated<number>
    shares: string
    human_seconds: number
  }
  roll_up: RollUpTable
  nightly_recount: { day: string; began_at: Generated<Date>; differences: Nullable<number> }
  upkeep: UpkeepTable
  bot_activity: { bot: string; activity: string }
  claim: { hospital: string; activity: string; digest: Buffer; deployment: string; day: string }
  measurement: MeasurementTable
  timed_case: {
    measurement: string
    hospital: string
    number: number
    milliseconds: number
    item: Nullable<string>
    account: string
    /** Why it does not count; null when it does. */
    left_out: Nullable<string>
  }
  chain: {
    id: Generated<number>
    hospital: string
    name: string
    baseline_deployment: string
    baseline_variant: string
    valid_from: string
    valid_until: Nullable<string>
    made_by: string
  }
  chain_part: { chain: number; hospital: string; deployment: string; variant: string; share: string }
  one_off: {
    id: Generated<number>
    hospital: string
    deployment: string
    from_day: string
    until_day: string
    reason: string
    marked_by: string
    marked_at: Generated<Date>
  }
  realised: RealisedTable
  business_case: {
    id: Generated<number>
    hospital: string
    bot: string
    items_per_year: number
    /** Null when the measured figures of hospitals that run the bot are to be used. */
    minutes: Nullable<string>
    source: string
    entered_by: string
    entered_at: Generated<Date>
  }
}

interface BaselineTable {
  id: Generated<number>
  deployment: string
  variant: string
  minutes: string
  method: BaselineMethod
  n: Nullable<number>
  spread_minutes: Nullable<string>
  measured_by: string
  measured_on: string
  valid_from: string
  /** The first day on which it is valid no more. */
  valid_until: Nullable<string>
  remeasure_on: string
  /** The timings it was computed from, when they are kept here. */
  measurement: Generated<Nullable<string>>
}

interface RollUpTable {
  span: 'month' | 'year'
  begins: string
  deployment: string
  variant: string
  kind: CountKind
  done: number
  nothing: number
  by_hand: number
  parked: number
  shadow: number
  counting: number
  shares: string
  human_seconds: number
  first_day: Nullable<string>
}

interface UpkeepTable {
  id: Generated<number>
  deployment: string
  day: string
  hours: string
  booked_by: string
  note: Generated<string>
  booked_at: Generated<Date>
  withdrawn_at: Nullable<Date>
  withdrawn_by: Nullable<string>
}

interface MeasurementTable {
  id: Generated<string>
  hospital: string
  deployment: string
  variant: string
  method: 'stopwatch' | 'shadow'
  begun_by: string
  begun_at: Generated<Date>
  closed_at: Nullable<Date>
  n: Nullable<number>
  mean_minutes: Nullable<string>
  spread_minutes: Nullable<string>
}

interface RealisedTable {
  id: Generated<number>
  hospital: string
  from_day: string
  to_day: string
  purpose: RealisedPurpose
  department: string
  hours: string
  net_hours: string
  signed_before: string
  signed_name: string
  signed_by: string
  signed_at: Generated<Date>
  withdrawn_at: Nullable<Date>
  withdrawn_by: Nullable<string>
  withdrawn_reason: Nullable<string>
}
