import type { Generated } from 'kysely'

/** The part of the ledger that tells who saw what of whom. */
export interface AccessTables {
  access_entry: AccessEntryTable
  /** Entries that have no place in their hospital's chain yet. */
  access_unlinked: { entry: number; at: Date; hospital: string }
  /** The chain of a hospital: the hash of each covers that of the one before and the entry. */
  access_link: {
    hospital: string
    number: number
    entry: number
    entry_at: Date
    hash: Buffer
    at: Generated<Date>
  }
  /** Where each chain ends, and what went of its beginning with a year that was dropped. */
  access_chain: {
    hospital: string
    number: number
    hash: Buffer
    dropped_number: Generated<number>
    dropped_hash: Generated<Buffer>
    dropped_before: Date | null
  }
  /** Where each chain ended on a day. */
  access_anchor: { hospital: string; day: string; number: number; hash: Buffer; at: Generated<Date> }
  /** How far the check of the whole log has come at a hospital, and how the last whole one ended. */
  access_check: AccessCheckTable
  /** Keyed hashes of the numbers of the patients that an item is about. */
  item_patient: { item: string; number: Buffer; hospital: string }
}

interface AccessEntryTable {
  id: Generated<number>
  at: Generated<Date>
  hospital: string
  actor_kind: 'person' | 'machine' | 'robot'
  actor: string
  responsible: string
  action: 'read' | 'search' | 'reveal' | 'change' | 'export'
  subject_kind: 'item' | 'patient' | 'message' | 'evidence' | 'log' | 'run'
  subject: string
  /** The systems that the data came from or went to. */
  systems: Generated<string[]>
  outcome: 'given' | 'refused' | 'failed'
  /** Keyed hashes of the patients' numbers. */
  patients: Generated<Buffer[]>
}

interface AccessCheckTable {
  hospital: string
  /** Where this round is: the chain up to here was looked at, and the entries up to this id. */
  number: Generated<number>
  hash: Generated<Buffer>
  entry: Generated<number>
  begun_at: Generated<Date>
  /** Rows of this round that fit, and places that did not, of which the first. */
  rows: Generated<number>
  wrong: Generated<number>
  wrong_number: number | null
  wrong_sentence: string | null
  /** The local day on which it was looked at last, and how many rows on that day. */
  day: string | null
  day_rows: Generated<number>
  /** The last round that came to the end. */
  whole_at: Date | null
  whole_rows: number | null
  whole_wrong: number | null
  whole_number: number | null
  whole_sentence: string | null
}
