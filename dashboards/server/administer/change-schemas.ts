import { z } from 'zod'
import { Hospital, Instant } from '../door/account-schemas.ts'
import { Text } from './catalogue-schemas.ts'

/** `GET /api/hospitals/:hospital/changes`, the newest first. */
export const ChangesAsked = z.object({
  what: z.string().max(60).optional(),
  subject: z.string().max(120).optional(),
  /** As `next` of the page before. */
  cursor: z.coerce.number().int().positive().optional(),
})

export const Changes = z.object({
  rows: z.array(
    z.object({
      id: z.number(),
      account: z.string(),
      at: Instant,
      what: z.string(),
      subject: z.string(),
      /** Whether something stood there before, and stands there now. */
      kind: z.enum(['added', 'changed', 'removed']),
      differences: z.array(z.object({ path: z.string(), before: z.json(), after: z.json() })),
      /** What robots, and their settings, systems and variants, are called that it names by their codes. */
      words: z.record(z.string(), Text),
      /** The change that it took back. */
      undoes: z.number().nullable(),
      canUndo: z.boolean(),
    }),
  ),
  /** Null on the last page. */
  next: z.string().nullable(),
})

export const ChangePath = Hospital.extend({ change: z.coerce.number().int().positive() })

/** `POST /api/hospitals/:hospital/changes/:change/undo`: `asked` when a second account must approve it. */
export const Undone = z.object({ result: z.enum(['done', 'asked']) })
