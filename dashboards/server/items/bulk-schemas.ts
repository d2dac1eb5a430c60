import { z } from 'zod'
import { ItemFilter, ItemState } from './item-schemas.ts'

/**
 * `POST /api/hospitals/:hospital/items/bulk`: a preview of what will be done to which items. Either the items themselves,
 * or all that a search finds, a thousand at most.
 */
export const BulkAsked = z
  .strictObject({
    handling: z.enum(['retry', 'park', 'cancel']),
    items: z.array(z.uuid()).max(1000).optional(),
    search: ItemFilter.optional(),
    /** In each item's history; no data of patients. */
    reason: z.string().trim().min(1, 'must say why, without data of patients').max(500),
    /**
     * For a retry. An installation runs one version of a robot: `installed` uses that one, `same` refuses the items that
     * another version did before.
     */
    version: z.enum(['installed', 'same']).default('installed'),
  })
  .refine(({ items, search }) => (items === undefined) !== (search === undefined), {
    path: ['items'],
    message: 'must be the items or a search, not both',
  })

export const BulkRefusal = z.enum([
  'finished',
  'cancelled',
  'being-done',
  'unsure',
  'in-hand',
  'parked-already',
  'other-version',
])

export const BulkPreview = z.object({
  id: z.uuid(),
  /** Whether the search found more than a thousand: the rest is for a next time. */
  more: z.boolean(),
  items: z.array(
    z.object({
      item: z.uuid(),
      deployment: z.string(),
      /** Only its end. */
      reference: z.string(),
      state: ItemState,
      /** Changes that the robot made already: cancelling does not undo them. */
      actsDone: z.number(),
      botVersion: z.string().nullable(),
      /** Null when it will be done. */
      refused: BulkRefusal.nullable(),
    }),
  ),
})

/** `POST /api/hospitals/:hospital/items/bulk/:bulk` carries a preview out, once. */
export const BulkPath = z.object({ hospital: z.string().max(40), bulk: z.uuid() })
export const BulkDone = z.object({
  handling: z.enum(['retry', 'park', 'cancel']),
  changed: z.array(z.uuid()),
  /** What had moved on since the preview and was left alone. */
  left: z.array(z.uuid()),
})
