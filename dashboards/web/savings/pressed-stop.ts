import { z } from 'zod'

/** That a case was stopped, before the server knows. */
export interface Pressed {
  /** Of the case. */
  readonly id: string
  /** On the clock that nobody can set, in milliseconds since the page was loaded; left out when that was an earlier load. */
  readonly at?: number
  /** What the case's own clock showed, in milliseconds. */
  readonly time: number
}

const KEY = 'ontregel-stopped-case'

const Kept = z.object({ id: z.string(), time: z.number().nonnegative() })

/** A phone may load the page anew before the server could be told: what was pressed stays pressed. */
export function rememberPressed(pressed: Pressed | undefined): void {
  if (!pressed) return localStorage.removeItem(KEY)
  localStorage.setItem(KEY, JSON.stringify({ id: pressed.id, time: pressed.time }))
}

/** What was pressed before the page was loaded; undefined when nothing was, or what is kept is not ours. */
export function pressedBefore(): Pressed | undefined {
  const text = localStorage.getItem(KEY)
  if (text === null) return undefined
  try {
    return Kept.parse(JSON.parse(text))
  } catch {
    // Somebody changed it by hand: the case's clock goes on, as it does for who never pressed.
    localStorage.removeItem(KEY)
    return undefined
  }
}
