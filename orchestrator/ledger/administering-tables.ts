import type { ColumnType, Generated } from 'kysely'
import type { Json } from '../../bots/bot.ts'

type JsonColumn = ColumnType<Json, string, string>
type JsonOrNull = ColumnType<Json | null, string | null, string | null>

/** What administrators change, and what is kept about that. */
export interface AdministeringTables {
  /** Append-only. */
  change: {
    id: Generated<number>
    hospital: string
    account: string
    at: Generated<Date>
    what: string
    subject: string
    before: JsonOrNull
    after: JsonOrNull
    undoes: ColumnType<number | null, number | null | undefined, never>
  }
  closing_day: { hospital: string; day: string; name: string }
  draft: {
    deployment: string
    hospital: string
    bot: string
    content: JsonColumn
    changed_by: string
    changed_at: Generated<Date>
    /** The run and the item by which it was tried last. */
    tried_run: ColumnType<string | null, string | null | undefined, string | null>
    tried_item: ColumnType<string | null, string | null | undefined, string | null>
    /** Who asked for it to go live, where a second account decides. */
    asked_by: ColumnType<string | null, string | null | undefined, string | null>
    asked_at: ColumnType<Date | null, Date | null | undefined, Date | null>
  }
  /** When credentials were entered; what they are is sealed elsewhere. */
  credential: {
    hospital: string
    system: string
    part: 'sign-in' | 'certificate-key' | 'proxy'
    entered_by: string
    entered_at: Generated<Date>
    renew_on: string | null
  }
  /** A try of a system, asked for by a person and done by a worker. */
  system_check: {
    id: Generated<string>
    hospital: string
    system: string
    asked_by: string
    asked_at: Generated<Date>
    taken_at: ColumnType<Date | null, Date | null | undefined, Date | null>
    finished_at: ColumnType<Date | null, Date | null | undefined, Date | null>
    findings: JsonOrNull
  }
  /** What a bot gave at a hospital over twelve months; readable at every hospital, so nothing under five items is in it. */
  bot_given: { bot: string; hospital: string; items: number; net_hours: string }
  bot_given_upkeep: { day: string }
}
