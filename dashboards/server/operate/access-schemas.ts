import { z } from 'zod'
import { Day } from '../day-schema.ts'
import { Instant } from '../door/account-schemas.ts'

export const AccessAction = z.enum(['read', 'search', 'reveal', 'change', 'export'])
export const AccessOutcome = z.enum(['given', 'refused', 'failed'])
export const AccessActor = z.enum(['person', 'machine', 'robot'])

const Wanted = z.strictObject({
  /** A BSN or a number of the hospital's own: only in the body, and kept nowhere. */
  patient: z.string().trim().min(1).max(100).optional(),
  /** An account, token, channel or deployment; finds what was done on its behalf too. */
  actor: z.string().trim().min(1).max(120).optional(),
  actorKind: AccessActor.optional(),
  action: AccessAction.optional(),
  outcome: AccessOutcome.optional(),
  /** Local days in the Netherlands, both included. */
  from: Day.optional(),
  until: Day.optional(),
})

/** `POST /api/hospitals/:hospital/access-log/search` */
export const AccessSearch = Wanted.extend({
  cursor: z
    .string()
    .regex(/^\d{1,15}$/)
    .optional(),
  limit: z.int().min(1).max(200).default(50),
})

export const ListedAccess = z.object({
  id: z.number(),
  at: Instant,
  actorKind: AccessActor,
  actor: z.string(),
  responsible: z.string(),
  action: AccessAction,
  subjectKind: z.enum(['item', 'patient', 'message', 'evidence', 'log', 'run']),
  subject: z.string().nullable(),
  systems: z.array(z.string()).readonly(),
  outcome: AccessOutcome,
  hasPatient: z.boolean(),
})
export const AccessPage = z.object({ rows: z.array(ListedAccess), next: z.string().nullable() })

/** `POST /api/hospitals/:hospital/access-log/export`: of one patient, or of one account; a CSV file. */
export const AccessExport = Wanted

/** `GET /api/hospitals/:hospital/access-check`: how the daily check of the whole log stands; null before the first. */
export const AccessCheck = z
  .object({
    round: z.object({ looked: z.number(), of: z.number(), since: Instant }).nullable(),
    whole: z.object({ at: Instant, rows: z.number() }).nullable(),
    wrong: z.object({ count: z.number(), number: z.number(), sentence: z.string() }).nullable(),
  })
  .nullable()

/** `POST /api/hospitals/:hospital/access-log/verify` */
export const AccessVerdict = z.object({
  rows: z.number(),
  from: Instant.nullable(),
  to: Instant.nullable(),
  waiting: z.number(),
  end: z.object({ number: z.number(), hash: z.string() }),
  wrong: z.object({ number: z.number(), entry: z.number().nullable(), sentence: z.string() }).nullable(),
})
