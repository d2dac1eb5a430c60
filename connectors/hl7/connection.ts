import type { Socket } from 'node:net'
import type { Verdict } from './acknowledge.ts'
import type { AnswersInTurn } from './answers-in-turn.ts'
import { answersInTurn } from './answers-in-turn.ts'
import type { Arrival } from './arrival.ts'
import { answerBytes, answerTo, readArrivals, readHead } from './arrival.ts'
import type { Channel } from './channel.ts'
import { count, isExpected } from './channel.ts'
import { asFailure } from '../failure.ts'
import type { Decoder, Received } from './framing.ts'
import { createDecoder } from './framing.ts'
import type { FrameAge } from './frame-age.ts'
import { frameAge } from './frame-age.ts'
import type { Hl7Message } from './message.ts'
import { closeSoon } from './refuse-connection.ts'

export interface Connection {
  readonly socket: Socket
  /** Reads on when there is room again. */
  relieve(): void
  /** Messages taken and not answered yet. */
  waiting(): number
  /** Takes nothing more, answers what was taken, ends; resolves when the socket is closed. */
  finish(): Promise<void>
}

/** Unanswered messages of one connection before it is paused. */
const WINDOW = 256
/** Answers that the peer does not read, in bytes, before it is paused. */
const UNREAD_ANSWERS = 256 * 1024
/** Nonsense on one connection before it is ended. */
const PATIENCE = 100

interface State {
  readonly channel: Channel
  readonly socket: Socket
  readonly decoder: Decoder
  readonly peer: string
  /** A place for each that was taken and not answered. */
  readonly answers: AnswersInTurn
  /** Tells the channel how many bytes of an unfinished frame are held. */
  readonly hold: (bytes: number) => void
  readonly age: FrameAge
  unansweredBytes: number
  nonsense: number
  ending: boolean
}

/** Serves one socket: every frame is answered, in order, after it was decided upon. */
export function serveConnection(channel: Channel, socket: Socket): Connection {
  const state: State = {
    channel,
    socket,
    decoder: createDecoder(channel.limits.frameBytes),
    peer: `${socket.remoteAddress ?? 'unknown'}:${socket.remotePort ?? 0}`,
    answers: answersInTurn(socket, channel.log, () => afterSent(state)),
    hold: channel.unfinished.join(() => guarded(state, () => crowdOut(state))),
    age: frameAge(
      channel.limits.frameAgeMs,
      () => socket.isPaused(),
      () => guarded(state, () => giveUp(state)),
    ),
    unansweredBytes: 0,
    nonsense: 0,
    ending: false,
  }
  socket.setNoDelay(true)
  socket.setKeepAlive(true, 60_000)
  socket.setTimeout(channel.limits.idleMs)
  socket.on('data', (chunk) => guarded(state, () => read(state, chunk)))
  socket.on('drain', () => relieve(state))
  socket.on('end', () => guarded(state, () => giveUp(state)))
  socket.on('timeout', () => guarded(state, () => onSilence(state)))
  socket.on('close', () => letGo(state))
  socket.on('error', ({ code, name }: NodeJS.ErrnoException) =>
    channel.log.info('hl7-connection-failed', { code: code ?? name }),
  )
  return {
    socket,
    relieve: () => relieve(state),
    waiting: () => state.answers.unsent(),
    finish: () => finish(state),
  }
}

/** What one peer sends costs that peer its connection at most: thrown from a listener it would end the whole process. */
function guarded({ channel, socket }: State, work: () => void): void {
  try {
    work()
  } catch (error) {
    channel.counts.failedReads++
    socket.destroy()
    channel.log.error('hl7-reading-failed', { code: asFailure(error).code })
  }
}

/** What comes after the end is not kept: a peer that goes on sending costs no memory. */
function read(state: State, chunk: Buffer): void {
  if (!state.ending) take(state, state.decoder.push(chunk))
}

function take(state: State, received: readonly Received[]): void {
  const { channel, socket, decoder } = state
  if (state.ending) return
  for (const event of received) takeOne(state, event)
  socket.setTimeout(decoder.inFrame() ? channel.limits.frameMs : channel.limits.idleMs)
  state.age.look(decoder.inFrame(), received.length > 0)
  state.hold(decoder.held())
  if (state.nonsense > PATIENCE) end(state)
  else if (isLoaded(state)) socket.pause()
}

/** The frames of all connections together are too much to hold, and this one's is the largest. */
function crowdOut(state: State): void {
  if (state.ending) return
  const { channel, decoder } = state
  channel.counts.crowdedOut++
  channel.log.warn('hl7-connection-crowded-out', { bytes: decoder.held() })
  const [begun] = decoder.end()
  refuse(state, begun && readHead(begun.bytes), { answer: 'error', code: 207, sentence: CROWDED })
  end(state)
}

const CROWDED =
  'Too many large messages come in over this channel at once: send this one again later, or have the limit for unfinished messages raised.'

/** Keeps nothing of what was not finished. */
function letGo(state: State): void {
  state.age.stop()
  state.decoder.end()
  state.hold(0)
}

function isLoaded({ channel, socket, answers, unansweredBytes }: State): boolean {
  const tooMuch = answers.unsent() >= WINDOW || unansweredBytes > channel.limits.frameBytes
  return tooMuch || socket.writableLength > UNREAD_ANSWERS || channel.batches.isFull()
}

function relieve(state: State): void {
  if (state.socket.isPaused() && !isLoaded(state)) state.socket.resume()
}

function takeOne(state: State, { kind, bytes }: Received): void {
  const { channel, peer } = state
  if (kind === 'frame') {
    const origin = { channel: channel.id, peer, defaultCharset: channel.defaultCharset, tools: channel.tools }
    for (const arrival of readArrivals(bytes, origin)) takeArrival(state, arrival)
    return
  }
  nonsense(state, kind)
  channel.counts[kind === 'too-large' ? 'tooLarge' : 'garbage']++
  refuse(state, kind === 'garbage' ? undefined : readHead(bytes), {
    answer: 'reject',
    code: 100,
    sentence: SENTENCES[kind],
  })
}

const SENTENCES = {
  garbage: 'There are bytes outside an MLLP frame: send each message between VT and FS.',
  'cut-off': 'The MLLP frame was cut off before its end: send the message again.',
  'too-large': 'The message is larger than this channel takes: send less at once, or have its limit raised.',
} as const

function nonsense(state: State, what: string): void {
  state.nonsense++
  if (state.nonsense === 1) state.channel.log.warn('hl7-nonsense-received', { state: what })
}

function takeArrival(state: State, arrival: Arrival): void {
  const { channel } = state
  const { message } = arrival
  if (message?.type === 'ACK') {
    channel.counts.strayAnswers++
    nonsense(state, 'stray-answer')
    return
  }
  if (message && !isExpected(channel, message)) return refuseSender(state, message)
  if (!message) {
    channel.counts.unreadable++
    nonsense(state, 'unreadable')
  }
  state.unansweredBytes += arrival.bytes.length
  const answer = state.answers.keepPlace()
  void channel.batches.submit(arrival).then((decision) => {
    state.unansweredBytes -= arrival.bytes.length
    count(channel.counts, message ? decision.answer : 'reject')
    answer(() => answerTo(arrival, decision, channel.tools))
  })
}

function refuseSender(state: State, message: Hl7Message): void {
  const sentence =
    'This sender (MSH-3, MSH-4) is not expected on this channel: add it to the channel, or use another.'
  state.channel.counts.unexpectedSenders++
  nonsense(state, 'unexpected-sender')
  refuse(state, message, { answer: 'reject', code: 207, sentence })
}

function refuse(state: State, message: Hl7Message | undefined, verdict: Verdict): void {
  state.answers.keepPlace()(() => answerBytes(message, verdict, state.channel.tools))
}

function afterSent(state: State): void {
  if (state.ending && state.answers.unsent() === 0) hangUp(state)
  else relieve(state)
}

/** The stream is over: what was begun is answered as cut off, and then we end it too. */
function giveUp(state: State): void {
  take(state, state.decoder.end())
  end(state)
}

function onSilence(state: State): void {
  const { socket } = state
  const isOurTurn = state.answers.unsent() > 0 && socket.writableLength === 0
  if (isOurTurn) return
  if (state.ending || socket.writableLength > 0) socket.destroy()
  else giveUp(state)
}

function end(state: State): void {
  if (state.ending) return
  state.ending = true
  letGo(state)
  if (state.answers.unsent() === 0) hangUp(state)
}

function hangUp({ channel, socket }: State): void {
  closeSoon(socket, channel.limits.lingerMs)
  socket.end()
  socket.resume()
}

function finish(state: State): Promise<void> {
  const closed = new Promise<void>((resolve) => {
    if (state.socket.closed) resolve()
    else state.socket.once('close', () => resolve())
  })
  end(state)
  return closed
}
