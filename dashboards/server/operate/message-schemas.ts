import { z } from 'zod'
import { Hospital, Instant } from '../door/account-schemas.ts'

export const MessageState = z.enum(['stored', 'routed', 'ignored', 'aside', 'skipped'])
export const MessagePath = Hospital.extend({ message: z.uuid() })

/** `POST /api/hospitals/:hospital/messages/search`: a patient's number goes in the body only. */
export const MessageSearch = z.strictObject({
  channel: z.string().max(80).optional(),
  state: MessageState.optional(),
  /** `ADT^A08`, or `ADT` for any event. */
  type: z
    .string()
    .regex(/^[A-Z0-9]{2,3}(\^[A-Z0-9]{2,4})?$/, 'must look like ADT or ADT^A08')
    .optional(),
  sender: z.string().max(400).optional(),
  controlId: z.string().max(199).optional(),
  /** A BSN or a number of the hospital's own. */
  patient: z.string().trim().min(1).max(100).optional(),
  /** Received from this moment on, and before this one. */
  from: z.iso.datetime({ offset: true }).optional(),
  to: z.iso.datetime({ offset: true }).optional(),
  cursor: z
    .string()
    .regex(/^\d{1,15}$/)
    .optional(),
  limit: z.int().min(1).max(200).default(50),
})

export const ListedMessage = z.object({
  id: z.uuid(),
  channel: z.string(),
  sender: z.string(),
  controlId: z.string(),
  type: z.string(),
  state: MessageState,
  reason: z.string().nullable(),
  reasonCode: z.string().nullable(),
  heldBehind: z.uuid().nullable(),
  turn: z.number(),
  handledBy: z.string().nullable(),
  /** Which version of each robot read it last, by the robot's name. */
  readBy: z.record(z.string(), z.string()),
  receivedAt: Instant,
  runs: z.array(z.uuid()).readonly(),
})
export const MessagePage = z.object({ rows: z.array(ListedMessage), next: z.string().nullable() })

/** `GET /api/hospitals/:hospital/messages/:message`: every text in it masked. */
export const OneMessage = ListedMessage.extend({
  segments: z.array(z.string()),
  /** MSA-1 of the acknowledgement, such as AA; null when it is kept no more. */
  answer: z.string().nullable(),
})

/** `POST /api/hospitals/:hospital/messages/:message/reveal` */
export const RevealedMessage = z.object({ segments: z.array(z.string()) })

/** `POST /api/hospitals/:hospital/messages/replay` */
export const Replay = z.object({
  messages: z.array(z.uuid()).min(1).max(200),
  /** `same`: only where every robot that read it is still the same version. */
  version: z.enum(['installed', 'same']).default('installed'),
})
/** How many are routed once more, waited already, or were left because another version of a robot had read them. */
export const Replayed = z.object({ again: z.number(), waited: z.number(), otherVersion: z.number() })

/** `POST /api/hospitals/:hospital/messages/:message/skip` */
export const Skip = z.object({ reason: z.string().trim().min(1, 'must say why it is not needed').max(300) })
