import { z } from 'zod'
import { Day } from '../day-schema.ts'

/** `GET /api/hospitals/:hospital/savings/items`: the items behind one count, for who may see items. */
export const ItemsAsked = z.object({
  deployment: z.string().max(80),
  day: Day,
  variant: z.string().max(80),
  outcome: z.enum(['done', 'nothing', 'by-hand', 'shadow', 'parked', 'worklist']),
  kind: z.enum(['regular', 'one-off', 'left-out', 'shadow']).optional(),
  cursor: z
    .string()
    .regex(/^\d{1,15}$/, 'must be `next` of the answer before')
    .optional(),
})
export const CountedItems = z.object({
  rows: z.array(
    z.object({
      id: z.string(),
      event: z.number(),
      at: z.string(),
      kind: z.enum(['regular', 'one-off', 'left-out', 'shadow']),
      share: z.string(),
      humanSeconds: z.number(),
      claimedBy: z.string().nullable(),
    }),
  ),
  next: z.string().nullable(),
})
