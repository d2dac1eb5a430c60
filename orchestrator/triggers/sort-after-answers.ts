import { setTimeout as sleep } from 'node:timers/promises'
import { asFailure } from '../../connectors/failure.ts'
import type { Hl7Message } from '../../connectors/hl7/message.ts'
import type { Log } from '../../connectors/log.ts'
import { sortMessages } from '../ledger/message-sorting.ts'
import type { LedgerDatabase } from '../ledger/tables.ts'
import type { Doorbell } from '../queue/doorbell.ts'
import type { SecretBox } from '../secrets/secret-box.ts'
import { patientKeys } from './patient-numbers.ts'

/** Sorts and rings for messages without letting whoever sent them wait. */
export interface AfterAnswers {
  /** Takes new messages, in their order. */
  add(messages: readonly AcceptedMessage[]): void
  /** Resolves when so little waits that more may be acknowledged: at once unless far more comes in than can be sorted. */
  room(): Promise<void>
  /** Resolves when nothing is left. */
  idle(): Promise<void>
}

export interface AcceptedMessage {
  readonly id: string
  readonly hospital: string
  readonly message: Hl7Message
}

export interface AfterAnswersOptions {
  readonly db: LedgerDatabase
  readonly doorbell: Doorbell
  readonly secrets: SecretBox
  readonly log: Log
  /** What may wait here; more would be a lot to sort for whoever comes after a process that was killed. */
  readonly most?: { readonly count: number; readonly bytes: number }
  /** Waits so many milliseconds. */
  readonly pause?: (ms: number) => Promise<void>
}

const MOST = { count: 50_000, bytes: 64 * 1024 * 1024 }
/** Many at once cost a third of what each would alone; few enough that answers in between hardly wait. */
const AT_ONCE = 256
const GATHER_MS = 50
/** After sorting it rests so many times as long, and no longer than this, when messages came in meanwhile. */
const RESTS = 3
const LONGEST_REST_MS = 250
const DAY_MS = 86_400_000

/**
 * One batch at a time, in the order in which they came. Whoever waits for an answer goes first: as long as messages come in,
 * sorting takes a quarter of the time, and all of it when half of what may wait does. What cannot be sorted or rung for now
 * is logged and left: the messages are safe in the ledger, and the sweeper finds them.
 */
export function sortAfterAnswers(options: AfterAnswersOptions): AfterAnswers {
  const { most = MOST, pause = sleep } = options
  let waiting: AcceptedMessage[] = []
  let bytes = 0
  let underWay: Promise<void> | undefined
  const waitForRoom: (() => void)[] = []
  const isBelow = (share: number) => waiting.length < share * most.count && bytes < share * most.bytes
  const hasRoom = () => isBelow(1)
  const sortAll = async () => {
    let rest = 0
    while (waiting.length > 0) {
      await pause(waiting.length < AT_ONCE ? GATHER_MS : rest)
      const began = performance.now()
      const batch = waiting.slice(0, AT_ONCE)
      waiting = waiting.slice(AT_ONCE)
      bytes -= bytesOf(batch)
      const left = waiting.length
      await sortAndRing(options, batch)
      const isBusy = waiting.length > left && isBelow(0.5)
      rest = isBusy ? Math.min(RESTS * (performance.now() - began), LONGEST_REST_MS) : 0
      if (!hasRoom()) continue
      for (const enter of waitForRoom.splice(0)) enter()
    }
    underWay = undefined
  }
  return {
    add(messages) {
      if (messages.length === 0) return
      waiting.push(...messages)
      bytes += bytesOf(messages)
      underWay ??= sortAll()
    },
    room: () => (hasRoom() ? Promise.resolve() : new Promise((enter) => waitForRoom.push(enter))),
    idle: () => underWay ?? Promise.resolve(),
  }
}

const bytesOf = (messages: readonly AcceptedMessage[]) =>
  messages.reduce((sum, { message }) => sum + message.bytes.length, 0)

async function sortAndRing(
  { db, doorbell, secrets, log }: AfterAnswersOptions,
  batch: readonly AcceptedMessage[],
): Promise<void> {
  const failed = (what: string) => (error: unknown) =>
    log.warn(what, { count: batch.length, code: asFailure(error).code })
  const sorted = batch.map(({ id, hospital, message }) => ({
    id,
    patients: patientKeys(secrets, hospital, message),
  }))
  try {
    await sortMessages(db, sorted, new Date(Date.now() - DAY_MS))
  } catch (error) {
    failed('messages not sorted')(error)
    return
  }
  const bells = batch.map(({ id }) => ({ kind: 'message' as const, id, turn: '0' }))
  await doorbell.ring(bells).catch(failed('bell not rung'))
}
