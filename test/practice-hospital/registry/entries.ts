import { z } from 'zod'
import type { Hospital } from '../hospital.ts'

const entrySchema = z.object({
  /** Rank number, counted from 1. */
  number: z.string(),
  caseNumber: z.string(),
  marker: z.string(),
  value: z.string(),
})
export type Entry = z.output<typeof entrySchema>

export interface Entries {
  /** Makes an entry, also when there is one like it. */
  add(entry: Omit<Entry, 'number'>, account: string): Entry
  /** Those with this marker, or with this case number, that searches show by now. */
  find(by: 'marker' | 'caseNumber', value: string): Entry[]
  count(): number
}

/** The registry's entries, indexed so that a search does not slow down with thousands of them. */
export function openEntries(hospital: Hospital): Entries {
  const records = hospital.store.collection('registry/entries', entrySchema)
  const index = { marker: new Map<string, Entry[]>(), caseNumber: new Map<string, Entry[]>() }
  const note = (entry: Entry) => {
    for (const by of ['marker', 'caseNumber'] as const)
      index[by].set(entry[by], [...(index[by].get(entry[by]) ?? []), entry])
  }
  records.all().forEach(note)
  return {
    add: ({ caseNumber, marker, value }, account) => {
      const entry = { number: String(records.size() + 1), caseNumber, marker, value }
      records.put(entry.number, entry)
      note(entry)
      hospital.witness.record({
        kind: 'registry-entry',
        key: caseNumber,
        marker,
        account,
        detail: { ...entry },
      })
      return entry
    },
    find: (by, value) =>
      (index[by].get(value) ?? []).filter(({ number }) => !hospital.faults.hidden(hiddenName(number))),
    count: () => records.size(),
  }
}

/** How the faults know an entry that searches do not show yet. */
export function hiddenName(number: string): string {
  return `registry/${number}`
}
