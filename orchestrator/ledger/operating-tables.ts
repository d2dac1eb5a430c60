import type { Generated } from 'kysely'

/** `drain`: takes nothing new; `stop`: ends after what is in hand. */
export type WorkerWish = 'work' | 'drain' | 'stop'

/** The part of the ledger that hospital IT operates by. */
export interface OperatingTables {
  worker: WorkerTable
  /** When each part of the sweep went well last, and when it failed. */
  sweep: { part: string; at: Generated<Date>; failed_at: Date | null; sentence: string | null }
  /** How many days are kept; without a row for ever. */
  retention: { hospital: string; what: 'evidence' | 'steps'; days: number }
  /** The days on which what outlived its retention went. */
  retention_upkeep: { day: string }
  /** Keys that outlive a rotation, sealed. */
  lasting_key: { name: string; sealed: Buffer }
}

interface WorkerTable {
  id: string
  host: string
  pid: number
  concurrency: number
  started_at: Generated<Date>
  heartbeat_at: Generated<Date>
  /** Of Ontregel and of Node. */
  version: Generated<string>
  node: Generated<string>
  /** What it seals begins with. */
  key_head: Generated<Buffer>
  wanted: Generated<WorkerWish>
  wanted_by: string | null
  wanted_at: Date | null
  /** Whether it takes new work now: how far it is in doing what is wanted. */
  takes: Generated<boolean>
}
