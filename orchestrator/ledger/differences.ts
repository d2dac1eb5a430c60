import type { Json } from '../../bots/bot.ts'
import { sameJson } from './changes.ts'

/** One place that is otherwise: null where there was or is nothing. */
export interface Difference {
  /** Such as `settings.workingDays` or `triggers[oost-mornings].cron`. */
  readonly path: string
  readonly before: Json
  readonly after: Json
}

/** What differs between two values, place by place. Entries of lists are told apart by what names them, else by their number. */
export function differencesBetween(before: Json, after: Json): readonly Difference[] {
  if (sameJson(before, after)) return []
  const [one, other] = [placesOf(before), placesOf(after)]
  const all = [...new Set([...one.keys(), ...other.keys()])]
  // An empty list that was filled is told by what is in it now.
  const paths = all.filter((path) => !all.some((deeper) => isInside(deeper, path)))
  return paths.flatMap((path) => {
    const [was, is] = [one.get(path) ?? null, other.get(path) ?? null]
    return sameJson(was, is) ? [] : [{ path, before: was, after: is }]
  })
}

const isInside = (deeper: string, path: string): boolean =>
  deeper.startsWith(`${path}[`) || (path !== '' && deeper.startsWith(`${path}.`))

/** Every single value by its place; empty lists and objects are values too. */
function placesOf(value: Json, at = ''): ReadonlyMap<string, Json> {
  if (value === null) return new Map()
  const entries = entriesOf(value)
  if (!entries || entries.length === 0) return new Map([[at, value]])
  return new Map(entries.flatMap(([name, part]) => [...placesOf(part, joined(at, name))]))
}

function entriesOf(value: Json): readonly (readonly [string, Json])[] | undefined {
  if (isList(value)) {
    const names = value.map((entry, place) => nameOf(entry) ?? String(place))
    const unique = new Set(names).size === names.length
    return value.map((entry, place) => [`[${(unique ? names[place] : undefined) ?? place}]`, entry])
  }
  return typeof value === 'object' && value !== null ? Object.entries(value) : undefined
}

const isList = (value: Json): value is readonly Json[] => Array.isArray(value)

/** A trigger has an id, a baseline a variant and a day. */
function nameOf(entry: Json): string | undefined {
  if (typeof entry !== 'object' || entry === null || isList(entry)) return undefined
  if (typeof entry['id'] === 'string') return entry['id']
  const { variant, validFrom } = { variant: entry['variant'], validFrom: entry['validFrom'] }
  return typeof variant === 'string' && typeof validFrom === 'string' ? `${variant} ${validFrom}` : undefined
}

const joined = (at: string, name: string): string =>
  at === '' || name.startsWith('[') ? at + name : `${at}.${name}`
