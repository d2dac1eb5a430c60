import { z } from 'zod'
import { PeriodAsked } from './savings-schemas.ts'

/** `GET /api/hospitals/:hospital/savings/upkeep?from=&to=&deployment=`: the bookings behind hours of upkeep. */
export const BookingsAsked = PeriodAsked.extend({ deployment: z.string().max(80).optional() })
const Kind = z.enum(['regular', 'one-off', 'withdrawn'])
export const Bookings = z.object({
  /** Of all bookings, listed or not. */
  sums: z.record(Kind, z.number()),
  rows: z
    .array(
      z.object({
        ...{ deployment: z.string(), day: z.string(), hours: z.string(), kind: Kind },
        /** Null for who sees counts only: to them hours of a day are one figure. */
        ...{ note: z.string().nullable(), bookedBy: z.string().nullable() },
      }),
    )
    .readonly(),
  /** Whether there are more than are listed. */
  more: z.boolean(),
})
