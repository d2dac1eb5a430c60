import {
  useMutation,
  useQuery,
  useQueryClient,
  type UseMutationResult,
  type UseQueryResult,
} from '@tanstack/react-query'
import { useCallback, useEffect, useRef } from 'react'
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

/** What is done when a change succeeded and everything that it touches was asked again. */
interface Afterwards<Answer> {
  readonly onSuccess?: (answer: Answer) => void
}

/** How a change stands, and the way to make it. */
type Changing<Answer> = Omit<UseMutationResult<Answer, AskError, Sent>, 'mutate' | 'mutateAsync'> & {
  readonly mutate: (sent: Sent, afterwards?: Afterwards<Answer>) => void
}

/** A change through the API: `const { mutate, isPending, error } = useChange({...})`, then `mutate({ path, body })`. */
export function useChange<Answer extends z.ZodType>({
  answer,
  method = 'POST',
  touches = [],
}: Change<Answer>): Changing<z.output<Answer>> {
  const queries = useQueryClient()
  const shown = useShown()
  const { mutate, ...state } = useMutation<z.output<Answer>, AskError, Sent & Afterwards<z.output<Answer>>>({
    // Without a connection it fails at once: kept until there is one, it would happen when nobody expects it any more.
    networkMode: 'always',
    mutationFn: ({ path, body }) => ask(answer, path, { method, body }),
    onSuccess: async (given, { onSuccess }) => {
      // What was asked again may take the button away that was pressed; who pressed it still wants to hear. Who had
      // left before the answer came is not bothered.
      const { current: waits } = shown
      await Promise.all(touches.map((path) => queries.invalidateQueries({ queryKey: askKey(path) })))
      if (waits) onSuccess?.(given)
    },
  })
  const change = useCallback(
    (sent: Sent, afterwards?: Afterwards<z.output<Answer>>) => mutate({ ...sent, ...afterwards }),
    [mutate],
  )
  return { ...state, mutate: change }
}

/** Whether the part of the page that uses this is on the screen. */
function useShown(): { readonly current: boolean } {
  const shown = useRef(false)
  useEffect(() => {
    shown.current = true
    return () => {
      shown.current = false
    }
  }, [])
  return shown
}
