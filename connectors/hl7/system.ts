import { createHash } from 'node:crypto'
import { Failure } from '../failure.ts'
import type { Log } from '../log.ts'
import type { PressGuard } from '../press-guard.ts'
import { unanswered, type Answer } from './answers.ts'
import { buildMessage, type Segment } from './build.ts'
import { decodeBytes, type Charset } from './charset.ts'
import type { SenderTls } from './dial.ts'
import type { Party } from './message.ts'
import { readMllpAddress } from './mllp-address.ts'
import { createSender, type Sender } from './sender.ts'

/** A system that takes HL7 messages from us, as data. Times in milliseconds. */
export interface Hl7SystemSettings {
  readonly id: string
  /** `mllp://host:port` or `mllps://host:port`. */
  readonly address: string
  /** For `mllps://` only. */
  readonly tls: SenderTls
  readonly sender: Party
  readonly receiver: Party
  /** MSH-12, such as `2.4`. */
  readonly version: string
  readonly charset: Charset
  /** MSH-11: production, training or debugging. */
  readonly processing: 'P' | 'T' | 'D'
  /** Whether a message with the same MSH-10 and the same bytes does nothing there the second time. */
  readonly recognisesDuplicates: boolean
  readonly limits: {
    readonly connectMs: number
    readonly answerMs: number
    /** After how long without a message the connection is closed. */
    readonly idleMs: number
  }
}

/** What a bot says; who sends to whom, version and character set are the system's. */
export interface Hl7Content {
  /** `SIU` and `S12`. */
  readonly type: string
  readonly trigger: string
  /** MSH-9.3, such as `SIU_S12`. */
  readonly structure?: string
  /** The item's marker: MSH-10 is made of it, the same at every attempt. */
  readonly marker: string
  /** Tells several messages of one item apart. */
  readonly key?: string
  /** MSH-7, when it is not the moment at which the item arrived. Of the case, never of the clock. */
  readonly time?: Date
  /** What follows MSH; every text in it is escaped. */
  readonly segments: readonly Segment[]
}

/** A message as it will be sent. */
export interface Hl7Outgoing {
  readonly controlId: string
  readonly bytes: Buffer
}

/** All parts of an act that sends one message. It cannot be looked up what arrived, so there is no `find`. */
export interface Sending {
  /** The message as text: an attempt with other bytes is another act. */
  readonly payload: { readonly message: string }
  /** Opens the connection when it is not open. @throws {Failure} `transient`: nothing was sent */
  prepare(): Promise<void>
  /** Sends once. @throws {Failure} `business` when it is refused (AE, AR), `unsure` without an answer */
  press(): Promise<Answer>
  /** Gives the control id under which the receiver has it. @throws {Failure} `unsure` when another message was answered */
  confirm(answer: Answer): Promise<string>
  /** Only where the receiver recognises what it had before. */
  readonly repeatable: boolean
}

/** A system that takes HL7 messages, as a bot holds it. */
export interface Hl7System {
  readonly kind: 'hl7'
  readonly id: string
  readonly address: string
  /** @throws {Failure} `business` when the character set cannot carry a text; `unexpected` for what is no message */
  message(content: Hl7Content): Hl7Outgoing
  /** For `act(name, system.sending(message))`. */
  sending(message: Hl7Outgoing): Sending
  /** Connects, TLS included, and sends nothing. @throws {Failure} `transient` */
  reach(): Promise<void>
}

/** For whom a system is held. */
export interface Hl7Holder {
  /** Asked right before the bytes of a message leave. */
  readonly guard: PressGuard
  /** When the item arrived: MSH-7, unless the bot says otherwise. */
  readonly arrivedAt: Date
}

/** The system for one item. */
export interface HeldHl7 {
  readonly system: Hl7System
  /** Leaves its connection to the next item. */
  release(): void
  /** Closes its connection: what the peer did not take yet is thrown away. */
  abandon(): Promise<void>
}

/** The connections of one process to one system: each is one item's at a time, and is kept for the next. */
export interface Hl7Endpoint {
  hold(holder: Hl7Holder): HeldHl7
  /** Waits for what is being sent and closes the connections. */
  close(): Promise<void>
}

/** An HL7 system, ready to be sent to; nothing is connected yet. @throws {Failure} `business` when the address is not right */
export function openHl7System(settings: Hl7SystemSettings, log: Log): Hl7Endpoint {
  const { id, tls, limits } = settings
  const { host, port, tls: encrypted } = readMllpAddress(settings.address)
  const target = { id, host, port, ...limits, ...(encrypted ? { tls } : {}) }
  const idle: Sender[] = []
  const all = new Set<Sender>()
  const take = () => {
    // The sender logs an answer that came too late; what became of its item is for the person who is asked.
    const sender = idle.pop() ?? createSender(target, log, () => undefined)
    all.add(sender)
    return sender
  }
  return {
    hold: (holder) => holdFor(settings, holder, { take, give: (sender) => void idle.push(sender), all }),
    async close() {
      await Promise.all([...all].map((sender) => sender.close()))
    },
  }
}

interface Lines {
  readonly take: () => Sender
  readonly give: (sender: Sender) => void
  readonly all: Set<Sender>
}

function holdFor(settings: Hl7SystemSettings, holder: Hl7Holder, lines: Lines): HeldHl7 {
  const { id, address, recognisesDuplicates, charset } = settings
  let line: Sender | undefined
  const connect = () => (line ??= lines.take()).connect()
  const letGo = () => {
    const held = line
    line = undefined
    return held
  }
  const sending = ({ bytes, controlId }: Hl7Outgoing): Sending => ({
    payload: { message: decodeBytes(bytes.toString('latin1'), charset) },
    // Before arming, for the dead man gives a press no time to connect in.
    prepare: connect,
    press: () => (line ??= lines.take()).send(bytes, holder.guard),
    async confirm({ message: answer }) {
      if (answer.get('MSA-2') === controlId) return controlId
      throw unanswered(id, 'hl7-no-answer', 'answered another message')
    },
    repeatable: recognisesDuplicates,
  })
  const message = (content: Hl7Content) => build(settings, holder, content)
  return {
    system: { kind: 'hl7', id, address, message, sending, reach: connect },
    release() {
      const held = letGo()
      if (held) lines.give(held)
    },
    async abandon() {
      const held = letGo()
      if (!held) return
      lines.all.delete(held)
      await held.close()
    },
  }
}

function build(settings: Hl7SystemSettings, { arrivedAt }: Hl7Holder, content: Hl7Content): Hl7Outgoing {
  const { sender, receiver, version, charset, processing } = settings
  const { marker, key = '', time = arrivedAt, segments, ...kind } = content
  const names = segments.map(([name]) => name)
  if (names.length === 0 || names.some((name) => name === 'MSH' || !/^[A-Z][A-Z0-9]{2}$/.test(name)))
    throw unbuildable('no segments, or one whose name is none')
  const controlId = controlIdOf(marker, key)
  const head = { ...kind, controlId, time, sender, receiver, version, charset, processing }
  return { controlId, bytes: buildMessage(head, segments) }
}

/** As long as MSH-10 may be in every version (20 signs): the marker where it fits, so that people can search for it. */
function controlIdOf(marker: string, key: string): string {
  const short = marker.replace(/^OR-/, '')
  if (key === '' && /^[A-Z0-9]{1,20}$/.test(short)) return short
  return createHash('sha256')
    .update(JSON.stringify([marker, key]))
    .digest('hex')
    .slice(0, 20)
    .toUpperCase()
}

const unbuildable = (what: string) =>
  new Failure(
    'unexpected',
    'hl7-unbuildable',
    `A robot wanted to send an HL7 message with ${what}: tell its maker.`,
  )
