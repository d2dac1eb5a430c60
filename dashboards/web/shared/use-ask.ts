import {
  useMutation,
  useQuery,
  useQueryClient,
  type UseMutationResult,
  type UseQueryResult,
} from '@tanstack/react-query'
import type { z } from 'zod'
import { ask, type AskError, type AskInit } from './ask.ts'

interface AskOptions {
  /** A question that must be a POST, such as a search for a patient: part of what is remembered. */
  readonly body?: unknown
  /** Asked again after so many milliseconds. */
  readonly every?: number
  /** False waits with asking, until what it needs is known. */
  readonly when?: boolean
}

/** What the API says, remembered by path and body, asked again when a change touches it. Show it with `Asked`. */
export function useAsk<Answer extends z.ZodType>(
  schema: Answer,
  path: string,
  { body, every, when = true }: AskOptions = {},
): UseQueryResult<z.output<Answer>, AskError> {
  return useQuery<z.output<Answer>, AskError>({
    queryKey: askKey(path, body),
    queryFn: ({ signal }) =>
      ask(schema, path, body === undefined ? { signal } : { method: 'POST', body, signal }),
    enabled: when,
    ...(every === undefined ? {} : { refetchInterval: every }),
  })
}

/** Path pieces, so that everything below `/api/hospitals/oost` can be asked again at once. */
export function askKey(path: string, body?: unknown): readonly unknown[] {
  const [address = '', query] = path.split('?')
  const pieces: unknown[] = address.split('/').filter((piece) => piece !== '')
  return [...pieces, ...(query === undefined ? [] : [{ query }]), ...(body === undefined ? [] : [{ body }])]
}

interface Change<Answer extends z.ZodType> {
  readonly answer: Answer
  readonly method?: Exclude<AskInit['method'], 'GET'>
  /** Everything at or below these paths is asked again when it succeeded: `/api/hospitals/oost/items`. */
  readonly touches?: readonly string[]
}

/** What one change carries: where it goes and what is sent. */
export interface Sent {
  readonly path: string
  readonly body?: unknown
}

/** A change through the API: `const { mutate, isPending, error } = useChange({...})`, then `mutate({ path, body })`. */
export function useChange<Answer extends z.ZodType>({
  answer,
  method = 'POST',
  touches = [],
}: Change<Answer>): UseMutationResult<z.output<Answer>, AskError, Sent> {
  const queries = useQueryClient()
  return useMutation<z.output<Answer>, AskError, Sent>({
    mutationFn: ({ path, body }) => ask(answer, path, { method, body }),
    onSuccess: async () => {
      await Promise.all(touches.map((path) => queries.invalidateQueries({ queryKey: askKey(path) })))
    },
  })
}
