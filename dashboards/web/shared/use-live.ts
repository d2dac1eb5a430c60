import { useEffect, useRef, useState } from 'react'
import type { z } from 'zod'

/** A kind of event: how it is read and what is done with it. */
export interface LiveHandler<Schema extends z.ZodType = z.ZodType> {
  readonly schema: Schema
  readonly on: (data: z.output<Schema>) => void
}

/** Makes a handler whose `on` is typed by its schema. */
export const live = <Schema extends z.ZodType>(schema: Schema, on: (data: z.output<Schema>) => void) =>
  // Handlers of several kinds stand in one record; each is only ever given what its own schema read.
  ({ schema, on }) as LiveHandler

const FIRST_WAIT_MS = 1_000
const LONGEST_WAIT_MS = 30_000

/**
 * Listens to a live route for as long as the page is open, and connects again when the connection is lost.
 * @param handlers by the name of the event
 * @returns whether it is connected now
 */
export function useLive(path: string, handlers: Readonly<Record<string, LiveHandler>>): boolean {
  const [connected, setConnected] = useState(false)
  const newest = useRef(handlers)
  useEffect(() => {
    newest.current = handlers
  })
  const names = Object.keys(handlers).toSorted().join(' ')
  useEffect(() => {
    const read = (name: string, data: string) => {
      const handler = newest.current[name]
      if (handler) handler.on(handler.schema.parse(JSON.parse(data)))
    }
    return listen(path, names.split(' '), read, setConnected)
  }, [path, names])
  return connected
}

/** The browser connects again by itself after a lost line, but gives up after an answer such as 502: then we do. */
function listen(
  path: string,
  names: readonly string[],
  read: (name: string, data: string) => void,
  setConnected: (connected: boolean) => void,
): () => void {
  let source: EventSource | undefined
  let timer: ReturnType<typeof setTimeout> | undefined
  let wait = FIRST_WAIT_MS
  const connect = () => {
    source = new EventSource(path)
    source.addEventListener('open', () => {
      wait = FIRST_WAIT_MS
      setConnected(true)
    })
    source.addEventListener('error', () => {
      setConnected(false)
      if (source?.readyState !== EventSource.CLOSED) return
      timer = setTimeout(connect, wait)
      wait = Math.min(wait * 2, LONGEST_WAIT_MS)
    })
    for (const name of names) source.addEventListener(name, (event) => read(name, String(event.data)))
  }
  connect()
  return () => {
    clearTimeout(timer)
    source?.close()
  }
}
