import { z } from 'zod'

/** `GET /api/programme/savings/recounted`: over the whole installation; null before the first night. */
export const LastRecount = z
  .object({
    day: z.string(),
    periods: z.array(z.object({ from: z.string(), to: z.string() })),
    differences: z.number(),
  })
  .nullable()
