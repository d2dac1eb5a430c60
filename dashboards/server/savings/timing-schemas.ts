import { z } from 'zod'
import { Hospital } from '../door/account-schemas.ts'
import { Title } from '../items/item-schemas.ts'

const OwnCase = z.object({ number: z.number(), milliseconds: z.number(), leftOut: z.string().nullable() })

/** `GET /api/hospitals/:hospital/timing`: what who asks may time now, and what they timed. */
export const Timing = z.object({
  /** Open for timing with the stopwatch. */
  measurements: z
    .array(
      z.object({
        id: z.string(),
        /** What the robot is called; `title` is null when this version does not know it. */
        ...{ bot: z.string(), title: Title.nullable() },
        ...{ variant: z.string(), variantTitle: Title.nullable() },
        /** From what to what is timed; may be empty. */
        instruction: z.string(),
        /** It is asked whether a longer case is right; whole minutes. */
        askAboveMinutes: z.number(),
        /** How many cases all together timed. */
        cases: z.number(),
        /** One's own, the newest first. */
        own: z.array(OwnCase).readonly(),
      }),
    )
    .readonly(),
  /** The case that one is at; null when there is none. */
  running: z
    .object({
      ...{ id: z.string(), measurement: z.string(), item: z.string().nullable() },
      /** By the ledger's clock: until now, or until it was stopped. */
      milliseconds: z.number(),
      /** It waits for whether so long a time is right. */
      stopped: z.boolean(),
      /** More than a day: it cannot be kept. */
      tooLong: z.boolean(),
      /** Its measurement was closed meanwhile: it cannot be kept. */
      ended: z.boolean(),
    })
    .nullable(),
})

/** `POST /api/hospitals/:hospital/measurements/:measurement/start`; `item` beside the robot in shadow mode. */
export const StartCase = z.object({ item: z.uuid().optional() })
export const CaseStarted = z.object({ id: z.string() })

export const TimingPath = Hospital.extend({ timing: z.uuid('must be the id of a case that runs') })
/** `POST /api/hospitals/:hospital/timing/:timing/stop` */
export const StopCase = z.object({
  /** How long ago it was pressed, in milliseconds: when the server could not be reached at once. */
  ago: z
    .number()
    .int('must be whole milliseconds')
    .min(0)
    .max(86_400_000, 'must be at most a day')
    .optional(),
  /** So long a time is right. */
  sure: z.boolean().optional(),
  /** Goes on with the next case at once. */
  next: z.boolean().optional(),
})
/** `number` is null when nothing is kept yet: so long a time is asked about. */
export const CaseStopped = z.object({ number: z.number().nullable(), milliseconds: z.number() })
