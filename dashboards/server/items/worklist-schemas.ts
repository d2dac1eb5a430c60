import { z } from 'zod'
import { Account, Instant } from '../door/account-schemas.ts'
import { ParkedKind, Title } from './item-schemas.ts'

/** `GET /api/hospitals/:hospital/worklist?deployment=` */
export const WorklistAsked = z.object({ deployment: z.string().max(80).optional() })

export const WaitingItem = z.object({
  id: z.uuid(),
  deployment: z.string(),
  bot: z.string(),
  botTitle: Title.nullable(),
  /** Only its end. */
  reference: z.string(),
  parkedKind: ParkedKind,
  code: z.string().nullable(),
  sentence: z.string().nullable(),
  arrivedAt: Instant,
  parkedAt: Instant.nullable(),
  takenBy: z.string().nullable(),
  takenAt: Instant.nullable(),
  actsDone: z.number(),
  unsurePress: z.boolean(),
  /** Later items of the same patients that wait until this one has ended. */
  holds: z.number(),
})

export const Worklist = z.object({
  /** One's own account, to tell one's own items by. */
  account: z.string(),
  items: z.array(WaitingItem),
  /** How many wait in all, by deployment: the list shows the first two hundred. */
  counts: z.array(z.object({ deployment: z.string(), parked: z.number(), taken: z.number() })),
})

/** `GET /api/hospitals/:hospital/worklist/colleagues`: who may be given an item. */
export const Colleagues = z.array(z.object({ account: z.string(), name: z.string() }))

/** `POST …/worklist/:item/assign` */
export const AssignTo = z.strictObject({ account: Account })

/** What was measured so far. */
export const Measured = z.object({
  seconds: z.number(),
  /** When one chose to do it by hand: nothing is counted from then on. */
  byHandAt: Instant.nullable(),
})

/**
 * `POST …/worklist/:item/open`: takes it when nobody has it, begins to measure, and shows its data. Who opens it is
 * written in the access log.
 */
export const OpenItem = z.object({
  id: z.uuid(),
  deployment: z.string(),
  bot: z.string(),
  botTitle: Title.nullable(),
  reference: z.string(),
  caseReference: z.string(),
  marker: z.string(),
  parkedKind: ParkedKind,
  code: z.string().nullable(),
  sentence: z.string().nullable(),
  arrivedAt: Instant,
  /** What the robot did before it stopped, and what it may have done. */
  acts: z.array(
    z.object({
      name: z.string(),
      title: Title.nullable(),
      key: z.string(),
      state: z.enum(['armed', 'void', 'done']),
      reference: z.string().nullable(),
      finishedAt: Instant.nullable(),
    }),
  ),
  evidence: z.array(
    z.object({
      id: z.number(),
      at: Instant,
      label: z.string(),
      title: Title.nullable(),
      mediaType: z.string(),
    }),
  ),
  /** JSON Schema of the item, for the form; null when its robot is not in this version. */
  schema: z.json(),
  data: z.json(),
  /** What was filled in before, when the page was closed. */
  draft: z.json().nullable(),
  variants: z.array(z.object({ name: z.string(), title: Title })),
  measured: Measured,
})

/** `POST …/worklist/:item/beat`: that one was seen working, at most every few seconds. */
export const Beat = z.strictObject({
  /** Whether a key or pointer was used since the last beat; without it nothing is counted. */
  active: z.boolean(),
  draft: z.json().optional(),
})

/** `POST …/worklist/:item/by-hand`: one chooses to do it oneself, or not after all. */
export const ByHand = z.strictObject({ chosen: z.boolean() })

const NotThere = z.strictObject({
  stands: z.literal(false, 'must be false: what stands there is written down as done by hand'),
})

/** What one saw at the hospital's system of a press of which the robot does not know whether it happened. */
export const Looked = z.discriminatedUnion('stands', [
  NotThere,
  z.strictObject({ stands: z.literal(true), reference: z.string().trim().min(1).max(200) }),
])

/** `POST …/worklist/:item/give-back`: to the robot, with its data as it is right. */
export const GiveBack = z.strictObject({ data: z.json(), looked: Looked.optional() })

/** `POST …/worklist/:item/done`: done by hand. */
export const DoneByHand = z.strictObject({
  variant: z.string().max(80),
  reference: z.string().trim().min(1, 'must be the number it has in the hospital’s system').max(200),
})

/** `POST …/worklist/:item/cancel` */
export const Cancel = z.strictObject({
  reason: z.string().trim().min(1, 'must say why, without data of patients').max(500),
  /** Needed when it is not known whether a press happened: what stands there is done by hand, and never cancelled. */
  looked: NotThere.optional(),
})

/** What became of it, and what was counted. */
export const Handled = z.object({ state: z.enum(['queued', 'done', 'cancelled']), seconds: z.number() })
