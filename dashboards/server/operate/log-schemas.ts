import { z } from 'zod'
import { Hospital, Instant } from '../door/account-schemas.ts'
import { Title } from '../items/item-schemas.ts'

const Id = z
  .string()
  .regex(/^\d{1,15}$/)
  .optional()

/** `GET /api/hospitals/:hospital/run-log?deployment=&worker=&item=&kind=&trouble=yes&cursor=` */
export const LogAsked = z.object({
  deployment: z.string().max(80).optional(),
  worker: z.uuid().optional(),
  item: z.uuid().optional(),
  kind: z
    .string()
    .regex(/^[a-z-]{1,40}$/)
    .optional(),
  trouble: z.literal('yes').optional(),
  cursor: Id,
  limit: z.coerce.number().int().min(1).max(500).default(50),
})

export const LogLine = z.object({
  id: z.number(),
  at: Instant,
  deployment: z.string(),
  item: z.uuid(),
  kind: z.string(),
  attempt: z.number(),
  worker: z.uuid().nullable(),
  /** Of the step or act. */
  name: z.string().nullable(),
  title: Title.nullable(),
  code: z.string().nullable(),
  sentence: z.string().nullable(),
  ms: z.number().nullable(),
})
export const LogPage = z.object({ rows: z.array(LogLine), next: z.string().nullable() })

/** `GET /api/hospitals/:hospital/run-log/live`: event `lines`, oldest first. */
export const LiveLines = z.object({ lines: z.array(LogLine) })
export const LogPath = Hospital
