import type { Socket } from 'node:net'
import { asFailure, Failure } from '../failure.ts'
import type { Decoder } from './framing.ts'
import { createDecoder, encodeFrame } from './framing.ts'
import type { Log } from '../log.ts'
import { NO_PRESS, type PressGuard } from '../press-guard.ts'
import { isTaken, readAnswer, refused, unanswered, type Answer } from './answers.ts'
import { dial, type SenderTls } from './dial.ts'
import { readMessage } from './message.ts'

export type { Answer }

/** A system that takes our HL7 messages, as data. */
export interface SenderSettings {
  /** The system's name, for sentences and log lines. */
  readonly id: string
  readonly host: string
  readonly port: number
  readonly tls?: SenderTls
  /** How long connecting may take; 5,000 when not given. */
  readonly connectMs?: number
  /** How long an answer may take; 30,000 when not given. */
  readonly answerMs?: number
  /**
   * After how long without a message the connection is closed, for the next one to make it anew; never when not given. A
   * connection that a firewall forgot meanwhile would swallow a message.
   */
  readonly idleMs?: number
  /** Only when the receiver is known to recognise a message that it had before: how often to send again without an answer. */
  readonly resendToOneThatRecognisesDuplicates?: number
}

export interface SenderStats {
  readonly sent: number
  readonly taken: number
  readonly refused: number
  readonly unanswered: number
  /** Answers that came too late or belong to no message of ours. */
  readonly late: number
}

export interface Sender {
  /**
   * Sends one message over the kept connection, after those before it, and waits for the answer whose MSA-2 is its MSH-10.
   * @throws {Failure} `business` `hl7-refused` for AE, AR, CE and CR (`cause` is the `Answer`); `transient` `hl7-unreachable`
   *   or `hl7-certificate` when nothing was sent; what `guard` throws when the connection is ready: then nothing was sent; `unsure` `hl7-no-answer` or `hl7-connection-lost` when it was.
   */
  send(message: Buffer, guard?: PressGuard): Promise<Answer>
  /** Connects after what is being sent, when it is not connected; nothing is sent. @throws {Failure} `transient` */
  connect(): Promise<void>
  /** Waits for what is being sent and closes the connection. */
  close(): Promise<void>
  stats(): SenderStats
}

/** Told of each answer that is not the one waited for; it may settle an earlier `unsure`. */
export type OnLateAnswer = (answer: Answer) => void

interface Awaited {
  readonly controlId: string
  readonly settle: (outcome: Answer | Failure) => void
}

interface Line {
  readonly settings: SenderSettings
  readonly log: Log
  readonly onLate: OnLateAnswer
  readonly counts: { -readonly [Name in keyof SenderStats]: number }
  socket: Socket | undefined
  awaited: Awaited | undefined
  /** Settles when the message before has had its end. */
  turn: Promise<unknown>
  closed: boolean
  /** Messages in a row that were not answered. */
  silences: number
}

/** A sender; it connects when the first message is sent, and keeps the connection. */
export function createSender(settings: SenderSettings, log: Log, onLate: OnLateAnswer): Sender {
  const line: Line = {
    settings,
    log: log.scoped({ system: settings.id }),
    onLate,
    counts: { sent: 0, taken: 0, refused: 0, unanswered: 0, late: 0 },
    socket: undefined,
    awaited: undefined,
    turn: Promise.resolve(),
    closed: false,
    silences: 0,
  }
  return {
    send: (message, guard = NO_PRESS) => inTurn(line, () => sendOne(line, message, guard)),
    connect: () =>
      inTurn(line, async () => {
        await connected(line)
      }),
    close: () => close(line),
    stats: () => ({ ...line.counts }),
  }
}

function inTurn<Gives>(line: Line, work: () => Promise<Gives>): Promise<Gives> {
  const sending = line.turn.then(work)
  // The next one's turn comes whatever became of this one; its failure is for who sent it.
  line.turn = sending.then(
    () => undefined,
    () => undefined,
  )
  return sending
}

async function sendOne(line: Line, bytes: Buffer, guard: PressGuard): Promise<Answer> {
  const { controlId } = readMessage(bytes)
  const { id } = line.settings
  if (controlId === '') {
    throw new Failure(
      'business',
      'hl7-unreadable',
      'A message without a control id (MSH-10) cannot be sent: give it one.',
    )
  }
  const attempts = 1 + (line.settings.resendToOneThatRecognisesDuplicates ?? 0)
  let last: Failure | undefined
  for (let attempt = 1; attempt <= attempts; attempt++) {
    const outcome = await attemptOnce(line, bytes, controlId, guard)
    if (!(outcome instanceof Failure)) {
      // Refused the second time does not tell what became of the first.
      if (last && !isTaken(outcome)) throw last
      return judged(line, outcome)
    }
    if (outcome.kind !== 'unsure') throw last ?? outcome
    last = outcome
    line.log.warn('hl7-not-answered', { code: outcome.code, attempt })
  }
  throw last ?? unanswered(id, 'hl7-no-answer', 'did not answer')
}

/** An earlier attempt may have arrived: failing to connect for a later one does not make it certain that nothing did. */
async function attemptOnce(
  line: Line,
  bytes: Buffer,
  controlId: string,
  guard: PressGuard,
): Promise<Answer | Failure> {
  try {
    const socket = await connected(line)
    guard.check()
    line.counts.sent++
    return await exchange(line, socket, bytes, controlId)
  } catch (error) {
    return asFailure(error)
  }
}

async function connected(line: Line): Promise<Socket> {
  const { settings } = line
  if (line.closed)
    throw new Failure('transient', 'hl7-unreachable', `The connection to ${settings.id} was closed.`, {
      notDone: true,
    })
  if (line.socket?.readyState === 'open') return line.socket
  line.socket?.destroy()
  const socket = await dial(settings)
  const decoder = createDecoder()
  socket.on('data', (chunk) => {
    try {
      listen(line, decoder, chunk)
    } catch (error) {
      // Thrown from here it would end the whole process; without its connection what is awaited is unsure, as it is.
      line.log.error('hl7-reading-failed', { code: asFailure(error).code })
      socket.destroy()
    }
  })
  socket.on('end', () => socket.destroy())
  socket.on('close', () => lost(line, socket))
  socket.setTimeout(settings.idleMs ?? 0, () => {
    if (!line.awaited) socket.destroy()
  })
  line.socket = socket
  return socket
}

function exchange(line: Line, socket: Socket, bytes: Buffer, controlId: string): Promise<Answer | Failure> {
  const { id, answerMs = 30_000 } = line.settings
  return new Promise((resolve) => {
    const timer = setTimeout(
      () => settle(unanswered(id, 'hl7-no-answer', `did not answer within ${answerMs} ms`)),
      answerMs,
    )
    const settle = (outcome: Answer | Failure) => {
      clearTimeout(timer)
      line.awaited = undefined
      countSilence(line, outcome)
      resolve(outcome)
    }
    line.awaited = { controlId, settle }
    socket.write(encodeFrame(bytes))
  })
}

/** After one silence the connection is kept, for a late answer to come in; after two it is taken for dead. */
function countSilence(line: Line, outcome: Answer | Failure): void {
  line.silences = outcome instanceof Failure ? line.silences + 1 : 0
  if (line.silences > 0) line.counts.unanswered++
  if (line.silences > 1) line.socket?.destroy()
}

function lost(line: Line, socket: Socket): void {
  if (line.socket !== socket) return
  line.socket = undefined
  const { id } = line.settings
  line.awaited?.settle(unanswered(id, 'hl7-connection-lost', 'closed the connection before it answered'))
}

function listen(line: Line, decoder: Decoder, chunk: Buffer): void {
  for (const { kind, bytes } of decoder.push(chunk)) {
    const answer = kind === 'frame' ? readAnswer(bytes) : undefined
    if (!answer) line.log.warn('hl7-answer-unreadable', { state: kind })
    else if (line.awaited && answer.message.get('MSA-2') === line.awaited.controlId)
      line.awaited.settle(answer)
    else {
      line.counts.late++
      line.log.warn('hl7-late-answer', { code: answer.code })
      line.onLate(answer)
    }
  }
}

function judged(line: Line, answer: Answer): Answer {
  if (isTaken(answer)) {
    line.counts.taken++
    return answer
  }
  line.counts.refused++
  throw refused(line.settings.id, answer)
}

async function close(line: Line): Promise<void> {
  await line.turn
  line.closed = true
  const { socket } = line
  if (!socket || socket.closed) return
  const closed = new Promise<void>((resolve) => socket.once('close', () => resolve()))
  socket.destroy()
  await closed
}
