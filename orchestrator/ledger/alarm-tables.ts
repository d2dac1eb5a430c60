import type { Generated } from 'kysely'
import type { AlarmKind } from './alarm-kinds.ts'

/** What somebody must see to. */
export interface AlarmTables {
  alarm: {
    id: Generated<number>
    hospital: string
    deployment: string | null
    item: string | null
    kind: AlarmKind
    sentence: string
    at: Generated<Date>
    closed_at: Date | null
    closed_by: string | null
    /** Those that caused it, when they are several. */
    items: Generated<string[]>
    /** What it is about, the same each time that it is found; of recounts only. */
    about: string | null
    /** The local days that it is about, both included. */
    from_day: string | null
    to_day: string | null
  }
}
