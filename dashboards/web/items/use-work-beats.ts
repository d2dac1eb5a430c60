import { useEffect, useRef, useState } from 'react'
import type { z } from 'zod'
import { Measured } from '../../server/items/worklist-schemas.ts'
import { ask, AskError } from '../shared/ask.ts'

/** So often the server hears whether one was at work; far less than what counts as idle. */
const BEAT_MS = 10_000
/** After the last key, what was filled in is kept. */
const KEEP_AFTER_MS = 1_200

const AT_WORK = ['keydown', 'pointerdown', 'pointermove', 'wheel', 'focus'] as const

export type MeasuredTime = z.output<typeof Measured>

interface WorkBeats {
  readonly measured: MeasuredTime
  readonly setMeasured: (measured: MeasuredTime) => void
  /** Whether what is filled in now is kept by the server. */
  readonly saved: boolean
  /** Why it is not in one's hands any more. */
  readonly lost: AskError | undefined
}

/**
 * Tells the server now and then that one is at work on an item, and keeps what is filled in. The server measures; a page
 * that is only open tells nothing.
 * @param path of the item in the worklist's API
 */
export function useWorkBeats(path: string, draft: unknown, first: MeasuredTime): WorkBeats {
  const [measured, setMeasured] = useState(first)
  const [kept, setKept] = useState(draft)
  const [lost, setLost] = useState<AskError>()
  const active = useActivity()
  const newest = useRef({ draft, kept })
  useEffect(() => {
    newest.current = { draft, kept }
  })
  const stopped = lost !== undefined
  useEffect(() => {
    if (stopped) return
    const beat = () => {
      const now = newest.current
      const changed = now.draft !== now.kept
      if (!active.current && !changed) return
      const body = { active: active.current, ...(changed && { draft: now.draft }) }
      active.current = false
      const told = (answer: MeasuredTime) => {
        setMeasured(answer)
        if (changed) setKept(now.draft)
      }
      ask(Measured, `${path}/beat`, { method: 'POST', body }).then(told, (error: unknown) => {
        // A line that is away for a moment is no loss: the next beat tells the same.
        if (error instanceof AskError && error.status >= 400 && error.status < 500) setLost(error)
      })
    }
    const timer = setInterval(beat, BEAT_MS)
    const soon = draft === kept ? undefined : setTimeout(beat, KEEP_AFTER_MS)
    return () => {
      clearInterval(timer)
      clearTimeout(soon)
    }
  }, [path, draft, kept, stopped, active])
  return { measured, setMeasured, saved: draft === kept, lost }
}

/** Whether a key or pointer was used since it was last asked. */
function useActivity(): { current: boolean } {
  const active = useRef(true)
  useEffect(() => {
    const seen = () => {
      active.current = true
    }
    for (const name of AT_WORK) window.addEventListener(name, seen, { passive: true })
    return () => {
      for (const name of AT_WORK) window.removeEventListener(name, seen)
    }
  }, [])
  return active
}
