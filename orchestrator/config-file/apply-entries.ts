import { asFailure, Failure } from '../../connectors/failure.ts'
import { sameJson } from '../ledger/changes.ts'
import type { ApplyOptions } from './apply-config.ts'
import type { ConfiguredHospital } from './config-schema.ts'
import { written, type ConfigProblem, type ReadConfig } from './read-config.ts'

/** What applying one hospital of a file works with. */
export interface Applying extends Omit<ApplyOptions, 'dryRun'> {
  readonly lineOf: ReadConfig['lineOf']
  /** Where in the file it stands: `['hospitals', 0]`. */
  readonly at: readonly PropertyKey[]
}

/**
 * Applies the entries of one part one after another, and stops at the first that is refused: PostgreSQL takes no more
 * statements in a transaction after one that failed.
 */
export async function applyEach<Entry>(
  applying: Applying,
  part: keyof ConfiguredHospital,
  entries: readonly Entry[],
  apply: (entry: Entry) => Promise<unknown>,
): Promise<readonly ConfigProblem[]> {
  for (const [place, entry] of entries.entries()) {
    try {
      await apply(entry)
    } catch (error) {
      return [refusedAt(applying, [part, place], error)]
    }
  }
  return []
}

/** What was refused, with its place in the file. Anything but a refusal is thrown on. */
export function refusedAt(applying: Applying, path: readonly PropertyKey[], error: unknown): ConfigProblem {
  const failure = asFailure(error)
  if (!(error instanceof Failure) || failure.kind !== 'business') throw error
  const [, field, sentence] = /^Field ([^\s:]+)(?: of system [^:]+)?: (.*)$/s.exec(failure.message) ?? []
  return problemAt(applying, path, field ?? '', sentence ?? failure.message)
}

/** @param field within that place, as `settings.insurers.0`; empty for the whole of it */
export function problemAt(
  { at, lineOf }: Applying,
  path: readonly PropertyKey[],
  field: string,
  sentence: string,
): ConfigProblem {
  const inside =
    field === '' ? [] : field.split('.').map((part) => (/^\d+$/.test(part) ? Number(part) : part))
  const whole = [...at, ...path, ...inside]
  return { path: written(whole), line: lineOf(whole), sentence }
}

/** The entries that are not there yet, each of those that are there counting once; undefined in the place of the others. */
export function notYetThere<Entry>(
  entries: readonly Entry[],
  there: readonly Entry[],
): readonly (Entry | undefined)[] {
  const left = [...there]
  return entries.map((entry) => {
    const place = left.findIndex((one) => isSameEntry(one, entry))
    if (place < 0) return entry
    left.splice(place, 1)
    return undefined
  })
}

/** Whether two entries say the same, in whatever order their fields stand. */
export const isSameEntry = (one: unknown, other: unknown): boolean => sameJson(asJson(one), asJson(other))

const asJson = (value: unknown) => JSON.parse(JSON.stringify(value))
