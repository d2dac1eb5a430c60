import { z } from 'zod'
import { Hospital } from '../door/account-schemas.ts'

/** `GET /api/hospitals/:hospital/versions` */
export const Versions = z.object({
  product: z.string(),
  node: z.string(),
  database: z.string(),
  /** The newest step of the schema. */
  schema: z.string(),
  queue: z.enum(['postgres', 'redis']),
  /** Where the key is: a place, never the key. */
  key: z.enum(['file', 'setting', 'vault']),
})

/** `GET /api/hospitals/:hospital/storage` */
export const Storage = z.object({
  /** Of the whole database. */
  bytes: z.number(),
  groups: z.array(
    z.object({
      group: z.enum(['items', 'messages', 'evidence', 'access-log', 'savings', 'rest']),
      bytes: z.number(),
      rows: z.number(),
    }),
  ),
  retention: z.array(z.object({ what: z.enum(['evidence', 'steps']), days: z.number().nullable() })),
  /** The access log is kept for so many years at least; nobody sets that. */
  accessYears: z.number(),
  /** The sign-in log, by ONTREGEL_SIGN_IN_LOG_DAYS. */
  signInDays: z.number(),
})

export const RetentionPath = Hospital.extend({ what: z.enum(['evidence', 'steps']) })

/** `PUT /api/hospitals/:hospital/retention/:what`; null keeps it for ever. */
export const NewRetention = z.object({
  days: z.int('must be a whole number of days').min(30, 'must be 30 days or more').max(3650).nullable(),
})
