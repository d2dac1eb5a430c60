import { z } from 'zod'
import { Hospital, Instant } from '../door/account-schemas.ts'

export const WorkerPath = Hospital.extend({ worker: z.uuid() })

/** `GET /api/hospitals/:hospital/workers` */
export const Workers = z.array(
  z.object({
    id: z.uuid(),
    host: z.string(),
    pid: z.number(),
    version: z.string(),
    node: z.string(),
    concurrency: z.number(),
    startedAt: Instant,
    heartbeatAt: Instant,
    silentSeconds: z.number(),
    /** Whether it was silent for so long that its claims have ended. */
    lost: z.boolean(),
    wanted: z.enum(['work', 'drain', 'stop']),
    wantedBy: z.string().nullable(),
    takes: z.boolean(),
    hands: z.array(z.object({ item: z.uuid(), deployment: z.string(), state: z.string() })),
  }),
)

/** `PUT /api/hospitals/:hospital/workers/:worker` */
export const WorkerWish = z.object({ wanted: z.enum(['work', 'drain', 'stop']) })

/** `GET /api/hospitals/:hospital/queue` */
export const Queue = z.object({
  deployments: z.array(
    z.object({
      deployment: z.string(),
      bot: z.string(),
      title: z.object({ nl: z.string(), en: z.string() }),
      mode: z.enum(['off', 'shadow', 'live']),
      waiting: z.number(),
      due: z.number(),
      oldestDueAt: Instant.nullable(),
      inHand: z.number(),
      unsure: z.number(),
      parked: z.number(),
      heldBy: z.enum(['off', 'stopped', 'system-held', 'system-failing']).nullable(),
    }),
  ),
  /** Of the whole installation: bells in the queue. */
  doorbell: z.object({
    backend: z.enum(['postgres', 'redis']),
    waiting: z.number(),
    delayed: z.number(),
    active: z.number(),
  }),
})
