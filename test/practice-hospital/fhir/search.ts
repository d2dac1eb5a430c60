import type { ResourceType } from './elements.ts'
import { asText, type JsonObject } from './json.ts'
import { testFor } from './match.ts'
import { FhirProblem } from './outcome.ts'
import type { Pages } from './pages.ts'
import type { Resource } from './resource.ts'
import type { Draft } from './resources.ts'

const DEFAULT_COUNT = 50
const LARGEST_COUNT = 200
const CONTROLS = ['_count', '_sort', '_format', '_total']

export interface SearchContext {
  readonly draft: Draft
  /** Address of this server, without a slash at the end. */
  readonly base: string
  readonly pages: Pages
  /** Whether the search index does not know it yet. */
  readonly hidden: (resource: Resource) => boolean
  /** `Type/id` of what the same transaction will still create. */
  readonly promised?: ReadonlySet<string>
}

/** Every resource that meets all criteria. Throws FhirProblem 400 for what is not supported. */
export function matching(
  { draft, base }: Pick<SearchContext, 'draft' | 'base'>,
  type: ResourceType,
  criteria: URLSearchParams,
): readonly Resource[] {
  const tests = [...criteria]
    .filter(([name]) => !CONTROLS.includes(name))
    .map(([name, value]) => testFor(type, name, value, base))
  return draft.list(type).filter((resource) => tests.every((test) => test(resource)))
}

/** The first page of a search as a searchset Bundle. */
export function search(context: SearchContext, type: ResourceType, criteria: URLSearchParams): JsonObject {
  const count = readCount(criteria.get('_count'))
  const found = matching(context, type, criteria).filter((resource) => !context.hidden(resource))
  const ids = sorted(found, criteria.get('_sort')).map(({ id }) => id)
  return pageBundle(context, type, ids, 0, count)
}

/** A later page: `token` and `offset` are those of a `next` link. Throws FhirProblem 410 when it has expired. */
export function laterPage(context: SearchContext, token: string, offset: number): JsonObject {
  const page = context.pages.find(token)
  if (!page || !Number.isInteger(offset) || offset < 0)
    throw new FhirProblem(410, 'not-found', 'This page has expired: search again.')
  return pageBundle(context, page.type, page.ids, offset, page.count, token)
}

/** `known` is the token under which these results are kept; without it they are kept now when there is a next page. */
function pageBundle(
  { draft, base, pages }: SearchContext,
  type: ResourceType,
  ids: readonly string[],
  offset: number,
  count: number,
  known?: string,
): JsonObject {
  const shown = ids.slice(offset, offset + count).flatMap((id) => draft.get(type, id) ?? [])
  const more = count > 0 && offset + count < ids.length
  // The link holds no search values: a patient's number in it would end up in access logs.
  const token = more ? (known ?? pages.keep({ type, ids, count })) : undefined
  return {
    resourceType: 'Bundle',
    type: 'searchset',
    total: ids.length,
    link: token ? [{ relation: 'next', url: `${base}?_page=${token}&_offset=${offset + count}` }] : [],
    entry: shown.map((resource) => ({
      fullUrl: `${base}/${type}/${resource.id}`,
      resource,
      search: { mode: 'match' },
    })),
  }
}

function readCount(text: string | null): number {
  if (text === null) return DEFAULT_COUNT
  if (!/^\d{1,6}$/.test(text)) throw new FhirProblem(400, 'value', '_count must be a whole number.')
  return Math.min(Number(text), LARGEST_COUNT)
}

function sorted(found: readonly Resource[], sort: string | null): readonly Resource[] {
  if (sort === null) return found
  const path = sort.replace(/^-/, '')
  const valueOf = SORTS[path]
  if (!valueOf)
    throw new FhirProblem(400, 'not-supported', '_sort takes _lastUpdated, -_lastUpdated, date or -date.')
  const ascending = found.toSorted((a, b) => valueOf(a) - valueOf(b))
  return sort.startsWith('-') ? ascending.toReversed() : ascending
}

const SORTS: Readonly<Record<string, (resource: Resource) => number>> = {
  _lastUpdated: ({ meta }) => Date.parse(meta.lastUpdated),
  date: (resource) => Date.parse(asText(resource['start'] ?? resource['date'])) || 0,
}
