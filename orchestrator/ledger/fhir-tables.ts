import type { ColumnType, Generated, Selectable } from 'kysely'

type Nullable<T> = T | null
type Default<T> = Generated<T>

/** The tables of triggers that ask a FHIR server what changed. */
export interface FhirTables {
  fhir_poll: FhirPollTable
  /** What was seen from `fhir_poll.seen_from` on, so that one version of a resource makes nothing twice. */
  fhir_seen: {
    trigger: string
    /** `Appointment/12`. */
    resource: string
    version: string
    last_updated: Date
  }
}

interface FhirPollTable {
  trigger: string
  /** The system's role for the deployment's bot. */
  role: string
  resource_type: string
  parameters: ColumnType<Record<string, string>, string, string>
  /** Nothing older than this is looked at. */
  since: Nullable<Date>
  every_seconds: number
  overlap_seconds: number
  sorted: boolean
  /** Whether the server is asked to notify us. */
  notified: boolean
  /** The newest `meta.lastUpdated` that was seen: the server's time, not ours. */
  cursor: Nullable<Date>
  /** From here on everything is asked for again, and all that was seen is known; whole seconds of the server's time. */
  seen_from: Nullable<Date>
  due_at: Default<Date>
  polled_at: Nullable<Date>
  /** How often a poll was asked for by a notification. */
  asked: Default<number>
  fence: Default<number>
  worker: Nullable<string>
  lease_until: Nullable<Date>
  failures: Default<number>
  /** Why the last poll failed. */
  reason: Nullable<string>
  /** Where the server was last asked to notify us. */
  subscribed_endpoint: Nullable<string>
  subscription_due_at: Default<Date>
  subscription_failures: Default<number>
}

export type FhirPollRow = Selectable<FhirPollTable>
