import type { ColumnType, Generated } from 'kysely'

type Nullable<T> = T | null

/**
 * Where a count belongs: `regular` work, the `one-off` clearing of a backlog, or a case that is `left-out` because
 * another deployment counts it for the same activity.
 */
export type CountKind = 'regular' | 'one-off' | 'left-out' | 'shadow'
/** How a credit counts: as its count does, or no more since the import that brought it was withdrawn. */
type CreditKind = CountKind | 'withdrawn'
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
    kind: Generated<CreditKind>
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
  /** Which transaction wrote counts of a deployment's year; the newest is kept. */
  count_change: { xid: Generated<string>; deployment: string; year: string }
  /** Which transaction wrote settings that counts are worth; the newest is kept. */
  settings_change: { xid: Generated<string> }
  nightly_recount: NightlyRecountTable
  upkeep: UpkeepTable
  bot_activity: { bot: string; activity: string }
  reported_import: ReportedImportTable
  /** What an import brought by the local day on which it was done. */
  reported_import_day: { import: number; hospital: string; deployment: string; day: string; items: number }
  claim: CaseClaim & { variant: Nullable<string>; item: Nullable<string>; day: string }
  /** Other parts of the claimant's chain that count the case too. */
  claim_part: CaseClaim & { item: string }
  measurement: MeasurementTable
  timed_case: {
    measurement: string
    hospital: string
    /** Given by the database. */
    number: Generated<number>
    milliseconds: number
    /** The running case that it was; null for what was brought in otherwise. */
    timing: Generated<Nullable<string>>
    item: Nullable<string>
    account: string
    /** Why it does not count; null when it does. */
    left_out: Nullable<string>
  }
  running_case: {
    id: Generated<string>
    hospital: string
    measurement: string
    account: string
    item: Nullable<string>
    started_at: Generated<Date>
    /** While it is asked whether so long a time is right. */
    stopped_at: Generated<Nullable<Date>>
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

interface CaseClaim {
  hospital: string
  activity: string
  digest: Buffer
  deployment: string
}

interface ReportedImportTable {
  id: Generated<number>
  hospital: string
  at: Generated<Date>
  /** The account or the id of the token. */
  account: string
  /** What people call who reported. */
  reported_by: string
  source: 'file' | 'api'
  /** SHA-256 of the file, or of the items as they were sent. */
  digest: Buffer
  items: number
  withdrawn_at: Nullable<Date>
  withdrawn_by: Nullable<string>
  /** The person who decided it, as they are called. */
  withdrawn_name: Nullable<string>
  withdrawn_reason: Nullable<string>
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

interface NightlyRecountTable {
  day: string
  began_at: Generated<Date>
  /** Null until it came to its end. */
  differences: Nullable<number>
  /** First and last days of what was counted again. */
  periods: ColumnType<{ from: string; to: string }[], string | undefined, string>
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
  bot: string
  variant: string
  method: 'stopwatch' | 'shadow'
  /** From what to what is timed, for who times it. */
  instruction: Generated<string>
  ask_above_minutes: Generated<number>
  /** How many were timed, left out or not. */
  cases: Generated<number>
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
