import { z } from 'zod'
import { ACTIVITIES } from '../../../bots/activity.ts'
import { DeploymentId, ParkedShare, PlannedBaseline } from '../../../orchestrator/ledger/deployment-plan.ts'
import { ReportedRow } from '../../../orchestrator/reported/reported-row.ts'
import { CsvFile } from '../csv-file.ts'
import { Hospital, Instant } from '../door/account-schemas.ts'

/** `POST /api/hospitals/:hospital/reported-items`. Wrong rows are named by their place, counted from 1. */
export const ReportedItems = z.object({
  items: z.array(ReportedRow).min(1, 'must hold at least one item').max(5000, 'must hold at most 5000 items'),
})
/** `POST /api/hospitals/:hospital/reported-items/file`: a form. Wrong rows are named by their line in the file. */
export const ReportedFile = z.object({ file: CsvFile })
/**
 * How many, how many of these are left out for another item claimed their case for the same activity, and the number of
 * the import.
 */
export const Taken = z.object({ taken: z.number(), leftOut: z.number(), import: z.number() })

const Activity = z.enum(ACTIVITIES)

/** `GET /api/hospitals/:hospital/reported-items/deployments`: of robots that are not in the catalogue. */
export const Reporting = z.object({
  deployments: z.array(
    z.object({
      ...{ id: z.string(), bot: z.string(), activity: Activity.nullable() },
      mode: z.enum(['off', 'shadow', 'live']),
      ...{ responsible: z.string(), outsideSeconds: z.number(), parkedShare: z.number() },
      /** Those that have a baseline. */
      variants: z.array(z.string()).readonly(),
    }),
  ),
  /** What somebody asked to go live, and a second account has yet to approve. */
  asked: z.array(z.object({ id: z.string(), askedBy: z.string() })),
})

export const ReportingPath = Hospital.extend({ deployment: DeploymentId })
/** `PUT /api/hospitals/:hospital/reported-items/deployments/:deployment` */
export const NewReporting = z.strictObject({
  bot: z.string().regex(/^[a-z0-9-]{1,80}$/, 'must be small letters, digits and hyphens, at most 80'),
  activity: Activity,
  responsible: z.string().min(1, 'must be filled in').max(80),
  outsideSeconds: z.int('must be whole seconds').min(0, 'must be 0 or more').max(86_400),
  parkedShare: ParkedShare,
  /** Of a new one; those that it has stay. */
  baseline: PlannedBaseline.optional(),
})

const Items = z.number()
/** `GET /api/hospitals/:hospital/reported-items/imports`, the newest first. */
export const Imports = z.object({
  rows: z.array(
    z.object({
      ...{ id: z.number(), at: Instant, by: z.string(), source: z.enum(['file', 'api']), items: Items },
      /** SHA-256 of the file, or of the items as they were sent; hexadecimal. */
      digest: z.string(),
      deployments: z
        .array(z.object({ deployment: z.string(), items: Items, from: z.string(), to: z.string() }))
        .readonly(),
      withdrawn: z.object({ at: Instant, by: z.string(), name: z.string(), reason: z.string() }).nullable(),
    }),
  ),
  /** Null on the last page. */
  next: z.string().nullable(),
})
/** As `next` of the page before. */
export const ImportsAsked = z.object({ cursor: z.coerce.number().int().positive().optional() })

/** `POST /api/hospitals/:hospital/reported-items/imports/:id/withdraw` */
export const NewWithdrawal = z.strictObject({
  reason: z.string().trim().min(1, 'must be filled in').max(200),
  /** Who decides it, as they are called. */
  name: z.string().trim().min(1, 'must be filled in').max(80),
})
/** Items that count no more, and what that did to other items of the same cases. */
export const Withdrawn = z.object({ withdrawn: Items, countAgain: Items, leftOut: Items })
