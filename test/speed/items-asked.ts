import { z } from 'zod'

/** How many are done at the same time. */
export const AT_ONCE = 20

/** What a contender about items is asked: to do so many, and to say how many that is in a second. */
export const askedSchema = z.object({ databaseUrl: z.string(), items: z.number() })
export const workedSchema = z.object({ perSecond: z.number() })
