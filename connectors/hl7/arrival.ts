import type { AcknowledgeTools, Verdict } from './acknowledge.ts'
import { acknowledge } from './acknowledge.ts'
import type { Charset } from './charset.ts'
import { asFailure } from '../failure.ts'
import type { Hl7Message } from './message.ts'
import { readMessage } from './message.ts'
import type { Range } from './split.ts'
import { splitMessages } from './split.ts'

/** One message that came in, or something in its place that cannot be read. */
export interface Arrival {
  /** The channel's id. */
  readonly channel: string
  /** Address and port of who sent it. */
  readonly peer: string
  /** Exactly the bytes of this one message. */
  readonly bytes: Buffer
  /** Undefined when it cannot be read or cannot be answered by its id; it is then refused, whatever is decided. */
  readonly message: Hl7Message | undefined
  /** Why there is no message: a sentence without its content. */
  readonly why: string | undefined
  /**
   * The answer that is sent when it is accepted, always the same bytes: store it with the message and hand it back as
   * `repeat`. One message after another when two were asked for, empty when none was.
   */
  readonly acceptance: () => Buffer
}

/** What was decided: see `Verdict`; `repeat` sends an earlier answer again, byte for byte. */
export type Decision = Verdict | { readonly answer: 'repeat'; readonly bytes: Buffer }

export interface Origin {
  readonly channel: string
  readonly peer: string
  readonly defaultCharset: Charset | undefined
  readonly tools: AcknowledgeTools
}

/** What a frame holds, in order. A frame in which no message is found is one arrival without a message. */
export function readArrivals(frame: Buffer, origin: Origin): readonly Arrival[] {
  try {
    const { messages, stray } = splitMessages(frame)
    if (messages.length === 0) return [toArrival(frame, origin)]
    if (messages.length === 1 && stray.length === 0) return [toArrival(cut(frame, messages[0]), origin)]
    const ranges = [...messages, ...stray].toSorted((a, b) => a.start - b.start)
    return ranges.map((range) => toArrival(cut(frame, range), origin))
  } catch (error) {
    return [withoutMessage(frame, origin, asFailure(error).message)]
  }
}

function cut(frame: Buffer, range: Range | undefined): Buffer {
  return range ? frame.subarray(range.start, range.end) : frame
}

function toArrival(bytes: Buffer, origin: Origin): Arrival {
  try {
    const message = readMessage(bytes, { defaultCharset: origin.defaultCharset })
    if (message.type === '' || message.controlId === '') return withoutId(message, origin)
    if (!isKeepable(message)) return withoutMessage(bytes, origin, NOT_KEEPABLE)
    let answer: Buffer | undefined
    const acceptance = () => (answer ??= answerBytes(message, { answer: 'accept' }, origin.tools))
    return { channel: origin.channel, peer: origin.peer, bytes, message, why: undefined, acceptance }
  } catch (error) {
    return withoutMessage(bytes, origin, asFailure(error).message)
  }
}

/** Far beyond what HL7 allows; what recognises a message must fit in an index. */
const LONGEST = 250
const NOT_KEEPABLE = `The HL7 message has a type, control id or sender (MSH-9, MSH-10, MSH-3, MSH-4) of more than ${LONGEST} signs or with a control sign in it: ask its sender to correct it.`

/** One that no store takes would otherwise take all others of its batch along. */
function isKeepable({ type, trigger, controlId, sender }: Hl7Message): boolean {
  const names = [type, trigger, controlId, sender.application, sender.facility]
  return names.every((name) => name.length <= LONGEST && !/[\x00-\x1f]/.test(name))
}

function withoutId({ bytes, type }: Hl7Message, origin: Origin): Arrival {
  const field = type === '' ? 'MSH-9 (message type)' : 'MSH-10 (control id)'
  return withoutMessage(bytes, origin, `The HL7 message has no ${field}: ask its sender to fill it in.`)
}

function withoutMessage(bytes: Buffer, { channel, peer }: Origin, why: string): Arrival {
  return { channel, peer, bytes, message: undefined, why, acceptance: () => Buffer.alloc(0) }
}

/** The header of a message that did not come whole: enough to answer it by its id. */
export function readHead(bytes: Buffer): Hl7Message | undefined {
  try {
    return readMessage(bytes)
  } catch (error) {
    if (asFailure(error).code === 'hl7-unreadable') return undefined
    throw error
  }
}

/** The bytes to answer with: none when none was asked for, two messages when both were. */
export function answerBytes(
  message: Hl7Message | undefined,
  verdict: Verdict,
  tools: AcknowledgeTools,
): Buffer {
  const { accept, application } = acknowledge(message, verdict, tools)
  return Buffer.concat([accept, application].filter((bytes) => bytes !== undefined))
}

/** The answer to a decision; what could not be read is never accepted. */
export function answerTo(arrival: Arrival, decision: Decision, tools: AcknowledgeTools): Buffer {
  if (!arrival.message) return answerBytes(undefined, refusal(arrival, decision), tools)
  if (decision.answer === 'accept') return arrival.acceptance()
  return decision.answer === 'repeat' ? decision.bytes : answerBytes(arrival.message, decision, tools)
}

function refusal(arrival: Arrival, decision: Decision): Verdict {
  if (decision.answer === 'error') return decision
  return { answer: 'reject', code: 100, sentence: arrival.why ?? 'The message cannot be read.' }
}
