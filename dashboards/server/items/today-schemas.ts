import { z } from 'zod'
import { Instant } from '../door/account-schemas.ts'

const Mode = z.enum(['off', 'shadow', 'live'])

export const AttentionKind = z.enum([
  'no-worker',
  'stopped',
  'circuit-open',
  'sign-in',
  'not-fired',
  'run-failed',
  'overdue',
  'unsure',
  'parked',
  'alarm',
  'without-baseline',
  'remeasure',
  'held',
])

/** `GET /api/hospitals/:hospital/today` */
export const Today = z.object({
  /** The most pressing first. */
  attention: z.array(
    z.object({
      kind: AttentionKind,
      deployment: z.string().nullable(),
      system: z.string().nullable(),
      trigger: z.string().nullable(),
      /** Of which a baseline is missing. */
      variant: z.string().nullable(),
      alarm: z.number().nullable(),
      item: z.string().nullable(),
      /** Those that caused an alarm, when they are several. */
      items: z.array(z.string()).readonly(),
      /** The local days that an alarm is about, both included. */
      ...{ from: z.string().nullable(), to: z.string().nullable() },
      count: z.number().nullable(),
      at: Instant.nullable(),
      /** Of what the sentence says, or the kind of the alarm: pages have words for it. */
      code: z.string().nullable(),
      sentence: z.string().nullable(),
    }),
  ),
  deployments: z.array(
    z.object({
      id: z.string(),
      bot: z.string(),
      botTitle: z.object({ nl: z.string(), en: z.string() }).nullable(),
      mode: Mode,
      stoppedAt: Instant.nullable(),
      lastRunAt: Instant.nullable(),
      lastRunState: z.enum(['waiting', 'collecting', 'collected', 'failed']).nullable(),
      lastRunFound: z.number().nullable(),
      lastRunAdded: z.number().nullable(),
      nextAt: Instant.nullable(),
      queued: z.number(),
      busy: z.number(),
      parked: z.number(),
      doneToday: z.number(),
      parkedToday: z.number(),
      trend: z.array(z.object({ day: z.string(), done: z.number(), parked: z.number() })),
    }),
  ),
})

/** `POST /api/hospitals/:hospital/alarms/:alarm/close` */
export const AlarmPath = z.object({ hospital: z.string().max(40), alarm: z.coerce.number().int().positive() })

/** The event `changed` of `GET /api/hospitals/:hospital/items/live`. */
export const Changed = z.object({
  deployments: z.array(z.string()),
  items: z.array(z.string()),
  /** Whether more items may have changed than are named; so is the first that a page is told of. */
  more: z.boolean(),
  worklist: z.boolean(),
})
