import { z } from 'zod'

/** Days of which more is signed than is left net. */
export const OverSigned = z.object({
  ...{ hospital: z.string(), from: z.string(), to: z.string() },
  ...{ netHours: z.number(), signedHours: z.number() },
})
