import { z } from 'zod'
import { Hospital, Instant } from '../door/account-schemas.ts'
import { Title } from '../items/item-schemas.ts'
import { OverSigned } from './over-signed-schemas.ts'
import { Day, Grade, VariantTitle } from './savings-schemas.ts'

const Deployment = z.string().max(80, 'must be the id of a deployment')
const Variant = z.string().trim().min(1, 'must be filled in').max(80)
const Id = z.coerce.number().int('must be a whole number')
export const NumberPath = Hospital.extend({ id: Id })
export const MeasurementPath = Hospital.extend({ measurement: z.uuid('must be the id of a measurement') })
export const CasePath = MeasurementPath.extend({ number: Id })
export const Made = z.object({ id: z.number() })
export const Until = z.object({ until: Day })

/** `POST /api/hospitals/:hospital/baselines` */
export const NewBaseline = z.object({
  deployment: Deployment,
  variant: Variant,
  minutes: z.number(),
  method: z.enum(['log', 'estimate', 'stopwatch']),
  n: z.number().optional(),
  spreadMinutes: z.number().optional(),
  measuredBy: z.string().max(80),
  measuredOn: Day,
  validFrom: Day,
  remeasureOn: Day,
  leavingGap: z.boolean().optional(),
})

const Norm = z.object({ name: z.string().trim().max(60), hoursPerYear: z.number(), validFrom: Day })
/** `POST /api/hospitals/:hospital/norms` */
export const NewNorm = Norm
/** `DELETE /api/hospitals/:hospital/norms/:validFrom` */
export const NormPath = Hospital.extend({ validFrom: Day })

/** `POST /api/hospitals/:hospital/chains` */
export const NewChain = z.object({
  name: z.string().trim().max(80),
  baselineDeployment: Deployment,
  baselineVariant: Variant,
  validFrom: Day,
  parts: z.array(z.object({ deployment: Deployment, variant: Variant, share: z.number() })).max(20),
})

/** `GET /api/hospitals/:hospital/chains`: those that are and were, the newest first. */
export const Chains = z
  .array(
    NewChain.extend({
      id: z.number(),
      /** The first day on which it is valid no more. */
      validUntil: z.string().nullable(),
    }),
  )
  .readonly()

/** `POST /api/hospitals/:hospital/one-offs`: the days of a backlog. */
export const NewOneOff = z.object({
  deployment: Deployment,
  from: Day,
  until: Day,
  reason: z.string().max(200),
})
/** `GET /api/hospitals/:hospital/one-offs`, the newest first. */
export const OneOffs = z.array(NewOneOff.extend({ id: z.number() })).readonly()
/** `GET /api/hospitals/:hospital/one-off-runs`, the newest first: those that are marked or still can be. */
export const OneOffRuns = z
  .array(
    z.object({
      ...{ run: z.uuid(), deployment: z.string(), kind: z.enum(['schedule', 'by-hand', 'list']) },
      ...{ firedAt: Instant, items: z.number(), marked: z.boolean() },
    }),
  )
  .readonly()
export const RunPath = Hospital.extend({ run: z.uuid('must be the id of a run') })

/** `GET /api/hospitals/:hospital/baselines` */
export const Baselines = z.object({
  deployments: z
    .array(
      z.object({
        ...{ id: z.string(), bot: z.string(), mode: z.string() },
        /** A robot of another make that only reports: it may name variants that are not among these. */
        reports: z.boolean(),
        variants: z.array(VariantTitle).readonly(),
      }),
    )
    .readonly(),
  baselines: z
    .array(
      z.object({
        ...{
          id: z.number(),
          deployment: z.string(),
          variant: z.string(),
          minutes: z.string(),
          method: z.string(),
        },
        ...{ grade: Grade, n: z.number().nullable(), spreadMinutes: z.string().nullable() },
        ...{
          measuredBy: z.string(),
          measuredOn: z.string(),
          validFrom: z.string(),
          validUntil: z.string().nullable(),
        },
        ...{ remeasureOn: z.string(), measurement: z.string().nullable() },
        /** Counted with: it can be ended, not taken away. */
        used: z.boolean(),
      }),
    )
    .readonly(),
  norms: z.array(Norm).readonly(),
  commonNorms: z
    .array(
      z.object({
        name: z.string(),
        title: z.object({ nl: z.string(), en: z.string() }),
        hoursPerYear: z.number(),
        source: z.object({ nl: z.string(), en: z.string() }),
      }),
    )
    .readonly(),
  today: z.string(),
})

/** `POST /api/hospitals/:hospital/measurements` */
export const NewMeasurement = z.object({
  deployment: Deployment,
  variant: Variant,
  method: z.enum(['stopwatch', 'shadow']),
})
export const MeasurementMade = z.object({ id: z.string() })
export const NewCase = z.object({ milliseconds: z.number(), item: z.uuid().optional() })
export const CaseMade = z.object({ number: z.number() })
export const LeftOut = z.object({ reason: z.string().max(200) })
export const Closing = z.object({ validFrom: Day, remeasureOn: Day })
export const Sampling = z.object({ n: z.number(), mean: z.number(), spread: z.number().nullable() })

/** `GET /api/hospitals/:hospital/measurements` */
export const Measurements = z
  .array(
    z.object({
      ...{
        id: z.string(),
        deployment: z.string(),
        variant: z.string(),
        method: z.enum(['stopwatch', 'shadow']),
      },
      ...{ begunAt: z.string(), closedAt: z.string().nullable() },
      cases: z
        .array(z.object({ number: z.number(), milliseconds: z.number(), leftOut: z.string().nullable() }))
        .readonly(),
    }),
  )
  .readonly()
/** `GET /api/hospitals/:hospital/measurements/:measurement/items`: looked at in shadow mode, and not timed yet. */
export const UntimedItems = z
  .array(
    z.object({
      id: z.string(),
      /** Its end, as lists show it. */
      reference: z.string(),
      finishedAt: z.string(),
      /** What the robot would have done, or found to be there; `title` is null when this version does not know it. */
      acts: z
        .array(
          z.object({
            name: z.string(),
            title: Title.nullable(),
            how: z.enum(['shadow', 'already-there']),
          }),
        )
        .readonly(),
    }),
  )
  .readonly()

/** `GET` and `POST /api/hospitals/:hospital/upkeep` */
export const NewUpkeep = z.object({
  deployment: Deployment,
  day: Day,
  hours: z.number(),
  note: z.string().max(200),
})
export const UpkeepList = z.object({
  deployments: z.array(z.string()).readonly(),
  booked: z
    .array(
      z.object({
        ...{ id: z.number(), deployment: z.string(), day: z.string(), hours: z.string(), note: z.string() },
        ...{ bookedBy: z.string(), withdrawn: z.boolean() },
      }),
    )
    .readonly(),
})

export const Purpose = z.enum([
  ...([
    'post-not-refilled',
    'temporary-staff-ended',
    'overtime-ended',
    'more-care',
    'less-pressure',
  ] as const),
])
/** `POST /api/hospitals/:hospital/realised` */
export const NewRealised = z.object({
  ...{ from: Day, to: Day, purpose: Purpose, department: z.string().max(80), hours: z.number() },
  signedName: z.string().max(120),
})
export const Reason = z.object({ reason: z.string().max(200) })
/** `GET /api/hospitals/:hospital/realised` */
export const RealisedList = z
  .array(
    z.object({
      ...{ id: z.number(), from: z.string(), to: z.string(), purpose: Purpose, department: z.string() },
      ...{ hours: z.string(), netHours: z.string(), signedBefore: z.string(), signedName: z.string() },
      ...{ signedBy: z.string(), signedAt: z.string() },
      /** Null when it was withdrawn. */
      now: z.object({ netHours: z.number(), over: OverSigned.nullable() }).nullable(),
      withdrawn: z.object({ at: z.string(), by: z.string(), reason: z.string() }).nullable(),
    }),
  )
  .readonly()
/** `GET /api/hospitals/:hospital/realised/signable?from=&to=` */
export const Signable = z.object({ netHours: z.number(), signedBefore: z.number(), signable: z.number() })
