import { useInfiniteQuery } from '@tanstack/react-query'
import type { z } from 'zod'
import { ask, type AskError } from './ask.ts'
import { askKey } from './use-ask.ts'

/** An answer in pieces: `next` is the cursor of the following piece, null when there is none. */
export interface Piece<Row> {
  readonly rows: readonly Row[]
  readonly next: string | null
}

/** A list that comes in pieces. Give `more` to a DataTable, and show the rows with `Asked`. */
export interface AskedPages<Row> {
  readonly data: readonly Row[] | undefined
  readonly error: AskError | null
  readonly refetch: () => unknown
  readonly more: { readonly there: boolean; readonly busy: boolean; readonly fetch: () => void }
}

/**
 * Asks for a list piece by piece with `cursor` in the query string, or in the body when there is one.
 * @param schema of an answer with `rows` and `next`
 */
export function useAskPages<Row>(
  schema: z.ZodType<Piece<Row>>,
  path: string,
  body?: Readonly<Record<string, unknown>>,
): AskedPages<Row> {
  const query = useInfiniteQuery<Piece<Row>, AskError, Row[], readonly unknown[], string | null>({
    queryKey: [...askKey(path, body), 'pages'],
    initialPageParam: null,
    queryFn: ({ pageParam, signal }) =>
      body === undefined
        ? ask(schema, withCursor(path, pageParam), { signal })
        : ask(schema, path, { method: 'POST', body: { ...body, ...cursorOf(pageParam) }, signal }),
    getNextPageParam: (last) => last.next,
    select: ({ pages }) => pages.flatMap(({ rows }) => [...rows]),
  })
  const { data, error, refetch, hasNextPage, isFetchingNextPage, fetchNextPage } = query
  const more = { there: hasNextPage, busy: isFetchingNextPage, fetch: () => void fetchNextPage() }
  return { data, error, refetch, more }
}

const cursorOf = (cursor: string | null) => (cursor === null ? {} : { cursor })

function withCursor(path: string, cursor: string | null): string {
  if (cursor === null) return path
  return `${path}${path.includes('?') ? '&' : '?'}cursor=${encodeURIComponent(cursor)}`
}
