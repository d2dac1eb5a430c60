import { z } from 'zod'
import { Day } from '../day-schema.ts'
import { Hospital, Instant } from '../door/account-schemas.ts'
import { Title } from '../items/item-schemas.ts'
import { ToldBaseline, VariantTitle } from './explain-schemas.ts'

const Deployment = z.string().max(80, 'must be the id of a deployment')
const Variant = z.string().trim().min(1, 'must be filled in').max(80)
const Id = z.coerce.number().int('must be a whole number')
export const NumberPath = Hospital.extend({ id: Id })
export const MeasurementPath = Hospital.extend({ measurement: z.uuid('must be the id of a measurement') })
export const CasePath = MeasurementPath.extend({ number: Id })
export const Made = z.object({ id: z.number() })
export const Until = z.object({ until: Day })
/**
 * `GET /api/hospitals/:hospital/baselines/:id/end?until=`, of a chain, and `/remove`: items of live deployments that would
 * count nothing from that day on.
 */
export const Uncounted = z
  .array(
    z.object({
      ...{ deployment: z.string(), variant: z.string(), from: z.string() },
      /** The first day on which they count again; null when none is known. */
      until: z.string().nullable(),
      /** How many counted in the last so many days. */
      ...{ items: z.number(), days: z.number() },
    }),
  )
  .readonly()
/** The answer when it was ended or taken away. */
export const Ended = z.object({ done: z.boolean(), uncounted: Uncounted })

/** What is only done when somebody chose it. */
const Choices = {
  /** Leaves items without a baseline that were counted before it begins. */
  leavingGap: z.boolean().optional(),
  /** Prices items with it that were counted before it was measured. */
  backdated: z.boolean().optional(),
}

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
  ...Choices,
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
      ToldBaseline.extend({
        /** The timed cases that it was made of; null when somebody entered it. */
        measurement: z.string().nullable(),
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
  /** From what to what is timed. */
  instruction: z.string().trim().max(300).optional(),
  /** Who times a longer case is asked whether that is right; whole minutes. */
  askAboveMinutes: z.number().optional(),
})
export const MeasurementMade = z.object({ id: z.string() })
export const LeftOut = z.object({ reason: z.string().max(200) })
export const Closing = z.object({ validFrom: Day, remeasureOn: Day, ...Choices })
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
      ...{ instruction: z.string(), askAboveMinutes: z.number() },
      /** How many cases are being timed now. */
      running: z.number(),
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
  rows: z
    .array(
      z.object({
        ...{ id: z.number(), deployment: z.string(), day: z.string(), hours: z.string() },
        /** Null for who sees counts only. */
        ...{ note: z.string().nullable(), bookedBy: z.string().nullable(), withdrawn: z.boolean() },
      }),
    )
    .readonly(),
  /** Null on the last page. */
  next: z.string().nullable(),
})
/** As `next` of the page before. */
export const UpkeepAsked = z.object({ cursor: z.coerce.number().int().positive().optional() })

export const Reason = z.object({ reason: z.string().max(200) })
