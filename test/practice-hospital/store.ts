import { z } from 'zod'
import { openJournal } from './journal.ts'

/** Records by key. What `get` and `all` give is read-only by agreement: change it with `put`. */
export interface Collection<T> {
  get(key: string): T | undefined
  /** In the order in which the keys first appeared. */
  all(): T[]
  keys(): string[]
  size(): number
  /** Journaled before it returns. */
  put(key: string, value: T): void
  /** Journaled before it returns; false when there was none. */
  delete(key: string): boolean
  /** Base data that follows from the seed: kept in memory only, and never over what was put or deleted before. */
  seed(key: string, value: T): void
}

export interface Store {
  /** A view on the records of this name; several views of one name, with their own schemas, see the same records. */
  collection<T>(name: string, schema: z.ZodType<T>): Collection<T>
  /** Journals all that `work` puts and deletes in one write, so that a kill cannot fall between. */
  together<T>(work: () => T): T
  close(): void
}

interface Shelf {
  readonly records: Map<string, unknown>
  readonly deleted: Set<string>
}

const entrySchema = z.object({ c: z.string(), k: z.string(), v: z.unknown().optional() })
type Entry = z.output<typeof entrySchema>

/** Opens the store on a journal file, with everything that was put or deleted before. */
export function openStore(file: string): Store {
  const journal = openJournal(file)
  const shelves = new Map<string, Shelf>()
  const apply = ({ c, k, v }: Entry) => {
    const { records, deleted } = shelfOf(shelves, c)
    if (v === undefined) records.delete(k)
    else records.set(k, v)
    if (v === undefined) deleted.add(k)
    else deleted.delete(k)
  }
  journal.replay((raw) => apply(entrySchema.parse(raw)))
  let gathered: Entry[] | undefined
  const write = (entry: Entry) => {
    if (gathered) gathered.push(entry)
    else journal.append(entry)
    apply(entry)
  }
  return {
    collection: (name, schema) => viewOf(name, shelfOf(shelves, name), schema, write),
    together: (work) => {
      if (gathered) return work()
      gathered = []
      try {
        return work()
      } finally {
        journal.append(...gathered)
        gathered = undefined
      }
    },
    close: () => journal.close(),
  }
}

function shelfOf(shelves: Map<string, Shelf>, name: string): Shelf {
  const found = shelves.get(name) ?? { records: new Map<string, unknown>(), deleted: new Set<string>() }
  shelves.set(name, found)
  return found
}

function viewOf<T>(
  name: string,
  { records, deleted }: Shelf,
  schema: z.ZodType<T>,
  write: (entry: Entry) => void,
): Collection<T> {
  const read = remembering(schema)
  // The copy keeps a later change by the caller out, and is exactly what a restart would read back.
  const copy = (value: T): unknown => JSON.parse(JSON.stringify(value))
  return {
    get: (key) => (records.has(key) ? read(records.get(key)) : undefined),
    all: () => [...records.values()].map(read),
    keys: () => [...records.keys()],
    size: () => records.size,
    put: (key, value) => write({ c: name, k: key, v: copy(value) }),
    delete: (key) => {
      const had = records.has(key)
      if (had) write({ c: name, k: key })
      return had
    },
    seed: (key, value) => void (records.has(key) || deleted.has(key) || records.set(key, copy(value))),
  }
}

function remembering<T>(schema: z.ZodType<T>): (raw: unknown) => T {
  const seen = new WeakMap<object, { readonly value: T }>()
  return (raw) => {
    if (typeof raw !== 'object' || raw === null) return schema.parse(raw)
    const known = seen.get(raw) ?? { value: schema.parse(raw) }
    seen.set(raw, known)
    return known.value
  }
}
