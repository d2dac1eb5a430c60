import { z } from 'zod'

/** An import that was withdrawn and had brought items of the period; their number is null where it is not told. */
export const WithdrawnImport = z.object({
  ...{ hospital: z.string(), import: z.number(), on: z.string(), items: z.number().nullable() },
})
