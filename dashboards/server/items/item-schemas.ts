import { z } from 'zod'
import { Day } from '../day-schema.ts'
import { Instant } from '../door/account-schemas.ts'

export const ItemState = z.enum(['queued', 'claimed', 'armed', 'unsure', 'done', 'parked', 'cancelled'])
/** In both languages; the reader's is chosen on the page. */
export const Title = z.object({ nl: z.string(), en: z.string() })

export const ParkedKind = z.enum(['business', 'technical', 'unsure'])
export const ItemOutcome = z.enum(['done', 'nothing', 'by-hand', 'shadow'])

export const ItemPath = z.object({ hospital: z.string().max(40), item: z.uuid() })
export const EvidencePath = ItemPath.extend({ evidence: z.coerce.number().int().positive() })

/** Which items. `reference` is a whole reference, marker or id: it goes in the body, for it may be a patient's number. */
export const ItemFilter = z.strictObject({
  states: z.array(ItemState).max(7).optional(),
  bot: z.string().max(80).optional(),
  deployment: z.string().max(80).optional(),
  reference: z.string().max(500).optional(),
  /** Local days of arrival, both included. */
  from: Day.optional(),
  until: Day.optional(),
})

/** `POST /api/hospitals/:hospital/items/search` */
export const ItemSearch = ItemFilter.extend({
  cursor: z.string().max(80).optional(),
  limit: z.number().int().min(1).max(200).default(50),
})

export const ListedItem = z.object({
  id: z.uuid(),
  deployment: z.string(),
  bot: z.string(),
  /** Only its end: the whole one is on the item's page. */
  reference: z.string(),
  state: ItemState,
  parkedKind: ParkedKind.nullable(),
  code: z.string().nullable(),
  sentence: z.string().nullable(),
  variant: z.string().nullable(),
  outcome: ItemOutcome.nullable(),
  attempt: z.number(),
  arrivedAt: Instant,
  dueAt: Instant,
  finishedAt: Instant.nullable(),
  /** Who reported it, for what a robot of another make did: an account, or the name of a token. */
  reportedBy: z.string().nullable(),
})
export const ItemPage = z.object({ rows: z.array(ListedItem), next: z.string().nullable() })

/** What is in the bar above the list: the robots and deployments to choose from. */
export const ItemChoices = z.object({
  bots: z.array(z.object({ name: z.string(), title: Title })),
  deployments: z.array(
    z.object({ id: z.string(), bot: z.string(), mode: z.enum(['off', 'shadow', 'live']) }),
  ),
})

const Act = z.object({
  name: z.string(),
  /** What the robot calls it; null when this version has no such step or act. */
  title: Title.nullable(),
  key: z.string(),
  state: z.enum(['armed', 'void', 'done']),
  how: z.enum(['pressed', 'already-there', 'reconciled', 'shadow']).nullable(),
  /** What the hospital's system calls it. */
  reference: z.string().nullable(),
  verifiable: z.boolean(),
  repeatable: z.boolean(),
  armedAt: Instant.nullable(),
  pressedAt: Instant.nullable(),
  finishedAt: Instant.nullable(),
})

const ItemEvent = z.object({
  id: z.number(),
  at: Instant,
  kind: z.string(),
  attempt: z.number(),
  name: z.string().nullable(),
  /** What the robot calls it; null when this version has no such step or act. */
  title: Title.nullable(),
  code: z.string().nullable(),
  sentence: z.string().nullable(),
  ms: z.number().nullable(),
  /** Whose act it was, when it was a person's. */
  account: z.string().nullable(),
  /** To whom it was assigned, which version, how long it took: counts and ids. */
  facts: z.record(z.string(), z.union([z.string(), z.number(), z.boolean()])),
})

/** `GET /api/hospitals/:hospital/items/:item`: all but its data and its evidence. */
export const ItemStory = ListedItem.extend({
  /** Null for who may see that an item is there, not whose it is. */
  reference: z.string().nullable(),
  marker: z.string(),
  botTitle: Title.nullable(),
  /** The version of the robot at its last attempt, and the one that runs here. */
  botVersion: z.string().nullable(),
  installedVersion: z.string().nullable(),
  variantTitle: Title.nullable(),
  takenBy: z.string().nullable(),
  run: z
    .object({
      id: z.uuid(),
      kind: z.string(),
      firedAt: Instant,
      state: z.string(),
      found: z.number(),
      added: z.number(),
    })
    .nullable(),
  acts: z.array(Act),
  events: z.array(ItemEvent),
  evidence: z.array(
    z.object({
      id: z.number(),
      at: Instant,
      attempt: z.number(),
      label: z.string(),
      /** What it shows; null for what this version of the robot does not take. */
      title: Title.nullable(),
      mediaType: z.string(),
    }),
  ),
  looks: z.array(
    z.object({
      at: Instant,
      kind: z.enum(['person', 'machine', 'robot']),
      actor: z.string(),
      action: z.enum(['read', 'search', 'reveal', 'change', 'export']),
      subject: z.string(),
      outcome: z.enum(['given', 'refused', 'failed']),
    }),
  ),
  /** The names of its fields; what stands in them is revealed by a call of its own. */
  fields: z.array(z.object({ name: z.string(), title: Title })),
})

/** `POST /api/hospitals/:hospital/items/:item/reveal` */
export const ItemData = z.object({
  fields: z.array(z.object({ name: z.string(), title: Title, value: z.json() })),
  caseReference: z.string(),
})

/** `POST /api/hospitals/:hospital/items/export` */
export const ItemExport = ItemFilter.extend({ as: z.enum(['csv', 'xlsx']) })
