import { z } from 'zod'
import { DeploymentId, DeploymentPlan } from '../../../orchestrator/ledger/deployment-plan.ts'
import { Hospital, Instant } from '../door/account-schemas.ts'
import { Text } from './catalogue-schemas.ts'

export const Mode = z.enum(['off', 'shadow', 'live'])

export const DeploymentPath = Hospital.extend({ deployment: DeploymentId })

const Listed = z.object({
  id: z.string(),
  bot: z.string(),
  title: Text,
  mode: Mode,
  stoppedAt: Instant.nullable(),
  stoppedReason: z.string().nullable(),
  responsible: z.string(),
  lastRunAt: Instant.nullable(),
  lastRunState: z.enum(['waiting', 'collecting', 'collected', 'failed']).nullable(),
  nextFiring: Instant.nullable(),
  waiting: z.number(),
  parked: z.number(),
  doneToday: z.number(),
})

/** `GET /api/hospitals/:hospital/deployments`: those that work, and what is being prepared. */
export const Deployments = z.object({
  deployments: z.array(Listed),
  drafts: z.array(
    z.object({
      deployment: z.string(),
      bot: z.string(),
      title: Text,
      changedBy: z.string(),
      changedAt: Instant,
      askedBy: z.string().nullable(),
    }),
  ),
  fourEyes: z.boolean(),
})

/** `GET /api/hospitals/:hospital/deployments/:deployment` */
export const DeploymentDetails = z.object({
  id: z.string(),
  mode: Mode,
  stoppedAt: Instant.nullable(),
  stoppedReason: z.string().nullable(),
  plan: DeploymentPlan,
  title: Text,
  hasDraft: z.boolean(),
})

/** `POST /api/hospitals/:hospital/deployments/:deployment/mode`: off, or down to shadow. */
export const TurnDown = z.strictObject({ mode: z.enum(['off', 'shadow']) })

/** `PUT /api/hospitals/:hospital/four-eyes` */
export const FourEyes = z.strictObject({ wanted: z.boolean() })
