import { z } from 'zod'

/** What the API answers when it refuses or cannot; `number` is the one in the log. */
export const problemAnswer = z.object({
  error: z.object({
    code: z.string(),
    sentence: z.string(),
    field: z.string().optional(),
    number: z.string().optional(),
    /** Of a list that was refused as a whole. */
    rows: z.array(z.object({ number: z.number(), code: z.string(), sentence: z.string() })).optional(),
    moreRows: z.number().optional(),
  }),
})
export type RefusedRow = NonNullable<z.output<typeof problemAnswer>['error']['rows']>[number]
