import type { z } from 'zod'
import type { BulkAsked } from '../../server/items/bulk-schemas.ts'
import type { ItemStory, ListedItem } from '../../server/items/item-schemas.ts'
import type { Today } from '../../server/items/today-schemas.ts'
import type { OpenItem, WaitingItem } from '../../server/items/worklist-schemas.ts'

/** What the API tells, by the names that this room has for it. */
export type Story = z.output<typeof ItemStory>
export type Opened = z.output<typeof OpenItem>
export type Item = z.output<typeof ListedItem>
export type Attention = z.output<typeof Today>['attention'][number]
export type Waiting = z.output<typeof WaitingItem>
export type Handling = z.output<typeof BulkAsked>['handling']
