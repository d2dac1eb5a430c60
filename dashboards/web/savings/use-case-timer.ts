import { useInterval } from '@mantine/hooks'
import { useEffect, useState } from 'react'
import type { z } from 'zod'
import { Done } from '../../server/door/account-schemas.ts'
import { CaseStarted, CaseStopped, Timing } from '../../server/savings/timing-schemas.ts'
import type { AskError } from '../shared/ask.ts'
import { useAsk, useChange } from '../shared/use-ask.ts'
import { useHospital } from '../shared/use-path.ts'
import { pressedBefore, rememberPressed, type Pressed } from './pressed-stop.ts'

export type Running = NonNullable<z.output<typeof Timing>['running']>

/** How often is looked for what others timed, and for measurements that began or ended. */
const EVERY_MS = 15_000

/** The case that one is at, whose time the server keeps, and what one can do with it. */
export type CaseTimer = ReturnType<typeof useCaseTimer>

/** Asks what may be timed and which case runs: the page may be reloaded in the middle of one. */
export function useCaseTimer() {
  const { api } = useHospital()
  const asked = useAsk(Timing, `${api}/timing`, { every: EVERY_MS })
  const running = asked.data?.running ?? null
  const time = useClock(running, asked.dataUpdatedAt)
  const touches = [`${api}/timing`, `${api}/measurements`]
  const starting = useChange({ answer: CaseStarted, touches })
  const dropping = useChange({ answer: Done, method: 'DELETE', touches })
  const stopping = useStop(running, time, touches)
  return {
    asked,
    running,
    /** Milliseconds on its clock; undefined while nothing is timed. */
    time: stopping.unsent?.time ?? time,
    /** It was stopped, and the server could not be told: it can be sent once more. */
    unsent: stopping.unsent !== undefined,
    busy: starting.isPending || stopping.busy || dropping.isPending,
    error: starting.error ?? stopping.error ?? dropping.error,
    start: (measurement: string, item?: string) => {
      stopping.forget()
      starting.mutate({
        path: `${api}/measurements/${measurement}/start`,
        body: item === undefined ? {} : { item },
      })
    },
    stop: stopping.stop,
    drop: () => {
      stopping.forget()
      if (running) dropping.mutate({ path: `${api}/timing/${running.id}` })
    },
  }
}

interface HowStopped {
  readonly sure?: boolean
  readonly next?: boolean
}

/** Stops the case. What cannot be sent is kept with when it was pressed, so that trying again makes it no longer. */
function useStop(running: Running | null, time: number | undefined, touches: readonly string[]) {
  const { api } = useHospital()
  const [pressed, setPressed] = useState(pressedBefore)
  const change = useChange({ answer: CaseStopped, touches })
  const mine = pressed?.id === running?.id ? pressed : undefined
  const unsent =
    mine && (mine.at === undefined ? !change.isPending : isUnsent(change.error)) ? mine : undefined
  const press = (now: Pressed | undefined) => {
    rememberPressed(now)
    setPressed(now)
  }
  const stop = (how: HowStopped = {}, onSuccess?: () => void) => {
    if (!running) return
    const now = performance.now()
    const first = unsent ?? { id: running.id, at: now, time: time ?? 0 }
    // Of one from before the page was loaded only the case's own clock says how long ago it was.
    const at = first.at ?? now - Math.max(0, (time ?? first.time) - first.time)
    press({ ...first, at })
    change.mutate(
      { path: `${api}/timing/${running.id}/stop`, body: { ...how, ago: Math.round(now - at) } },
      {
        onSuccess: () => {
          rememberPressed(undefined)
          onSuccess?.()
        },
      },
    )
  }
  const forget = () => {
    press(undefined)
    change.reset()
  }
  return { stop, forget, unsent, busy: change.isPending, error: change.error }
}

/** The server did not hear it, or could do nothing with it just now. What it refused is another matter. */
const isUnsent = (error: AskError | null): boolean =>
  error !== null && (error.status === 0 || error.status === 429 || error.status >= 500)

/** What the server said, and what has passed since: only shown, for the server's clock is the one that counts. */
function useClock(running: Running | null, heardAt: number): number | undefined {
  const [now, setNow] = useState(0)
  const { start, stop } = useInterval(() => setNow(Date.now()), 1000)
  const ticks = running !== null && !running.stopped
  useEffect(() => {
    if (ticks) start()
    return stop
  }, [ticks, start, stop])
  if (!running) return undefined
  return running.milliseconds + (running.stopped ? 0 : Math.max(0, now - heardAt))
}
