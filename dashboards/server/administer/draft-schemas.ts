import { z } from 'zod'
import { Title } from '../items/item-schemas.ts'
import { DeploymentPlan } from '../../../orchestrator/ledger/deployment-plan.ts'
import { FHIR_PARAMETERS } from '../../../orchestrator/ledger/fhir-trigger-settings.ts'
import { Instant } from '../door/account-schemas.ts'
import { Mode } from './deployment-schemas.ts'

/** What changes of a FHIR system can be narrowed down by; none of it is about a person. */
export const CHANGE_PARAMETERS = FHIR_PARAMETERS

/** What keeps a plan from being put to work: the place, as `settings.insurers.0`, and the remedy. */
export const Problem = z.object({ field: z.string(), code: z.string(), sentence: z.string() })

/** A plan that is being worked on. */
export const DraftDetails = z.object({
  deployment: z.string(),
  plan: DeploymentPlan,
  changedBy: z.string(),
  changedAt: Instant,
  /** Who asked for it to go live, while another account has yet to decide. */
  askedBy: z.string().nullable(),
  /** As the deployment works now; null when it does not exist yet. */
  mode: Mode.nullable(),
  problems: z.array(Problem),
  fourEyes: z.boolean(),
})

/** `GET /api/hospitals/:hospital/drafts/:deployment`: null when there is none. */
export const FoundDraft = DraftDetails.nullable()

/** `PUT /api/hospitals/:hospital/drafts/:deployment`: kept as it is, right or not. */
export const SaveDraft = z.strictObject({ plan: DeploymentPlan })
export const DraftSaved = z.object({ problems: z.array(Problem) })

/** `POST /api/hospitals/:hospital/drafts/:deployment/try`: on an item that the robot finds, or on this one. */
export const TryDraft = z.strictObject({ item: z.json().optional() })

/** `POST /api/hospitals/:hospital/drafts/:deployment/put-to-work` */
export const PutToWork = z.strictObject({ mode: z.enum(['shadow', 'live']) })
export const PutToWorkAnswer = z.object({ result: z.enum(['working', 'asked']) })

/** `GET /api/hospitals/:hospital/drafts/:deployment/trial`: null when it was not tried, or there is no draft. What would be pressed is masked. */
export const Trial = z
  .object({
    run: z
      .object({
        state: z.enum(['waiting', 'collecting', 'collected', 'failed']),
        reason: z.string().nullable(),
      })
      .nullable(),
    item: z
      .object({
        id: z.string(),
        /** Only its end. */
        reference: z.string(),
        state: z.enum(['queued', 'claimed', 'armed', 'unsure', 'done', 'parked', 'cancelled']),
        code: z.string().nullable(),
        sentence: z.string().nullable(),
        variant: z.string().nullable(),
        steps: z.array(
          z.object({
            name: z.string(),
            title: Title.nullable(),
            ms: z.number().nullable(),
            failed: z.boolean(),
          }),
        ),
        acts: z.array(
          z.object({
            name: z.string(),
            title: Title.nullable(),
            how: z.string().nullable(),
            fields: z.array(z.string()),
          }),
        ),
      })
      .nullable(),
  })
  .nullable()

/** `POST /api/hospitals/:hospital/drafts/:deployment/trial/reveal`: what would have been pressed, which is written down. */
export const TrialRevealed = z.object({
  acts: z.array(z.object({ name: z.string(), title: Title.nullable(), payload: z.json() })),
})

/** `GET /api/hospitals/:hospital/responsible`: who can be responsible for a robot here. */
export const Responsible = z.array(z.object({ account: z.string(), name: z.string() }))
