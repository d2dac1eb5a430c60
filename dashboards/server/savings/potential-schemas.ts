import { z } from 'zod'
import { Norm, PeriodAsked } from './savings-schemas.ts'

const CountedAt = z.object({ hospitals: z.number(), items: z.number() })
/** `GET /api/programme/potential`, the most hours first; a hospital with fewer than five items of a robot is no source. */
export const Potentials = z
  .array(
    z.object({
      ...{ hospital: z.string(), bot: z.string(), itemsPerYear: z.number(), minutes: z.number() },
      ...{
        from: z.enum(['business-case', 'measured']),
        volumeFrom: z.enum(['business-case', 'measured']),
        /** The fewest days that a measured volume comes from, when that is fewer than 28. */
        briefDays: z.number().nullable(),
        hoursPerYear: z.number(),
        norm: Norm,
        fte: z.number(),
      },
      /** The days of which the report tells what was measured. */
      measuredOver: PeriodAsked,
      measuredAt: CountedAt,
      /** Other hospitals where the robot is live and counted; the hospital of the row may not run it yet. */
      provenAt: CountedAt,
      ...{ contractFte: z.number(), source: z.string(), adopted: z.boolean() },
      /** The business case that counts, by its number; null when it is measured elsewhere only. */
      businessCase: z.number().nullable(),
    }),
  )
  .readonly()
/** `POST /api/hospitals/:hospital/business-cases` */
export const NewBusinessCase = z.object({
  bot: z.string().max(80),
  itemsPerYear: z.number(),
  minutes: z.number().optional(),
  source: z.string().max(200),
})
