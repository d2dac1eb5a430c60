import { z } from 'zod'
import { OverSigned } from './over-signed-schemas.ts'
import { Day } from '../day-schema.ts'

/** What became of hours. */
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
export const Signable = z.object({
  ...{ netHours: z.number(), signedBefore: z.number(), signable: z.number() },
  /** The calendar year that the period lies in, as far as it has come. */
  year: z.object({ year: z.number(), netHours: z.number(), signedHours: z.number() }),
})
