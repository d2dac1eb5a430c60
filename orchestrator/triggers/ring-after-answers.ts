import { asFailure } from '../../connectors/failure.ts'
import type { Log } from '../../connectors/log.ts'
import type { Doorbell } from '../queue/doorbell.ts'

/** Rings for messages without letting whoever sent them wait. */
export interface RingingAfterAnswers {
  ring(messages: readonly string[]): void
  /** Resolves when nothing is being rung for. */
  idle(): Promise<void>
}

/**
 * One ring at a time; what comes meanwhile is in the next. A bell that cannot be rung is logged and lost: the messages
 * are safe in the ledger, and the sweeper rings for them.
 */
export function ringAfterAnswers(doorbell: Doorbell, log: Log): RingingAfterAnswers {
  let waiting: string[] = []
  let underWay: Promise<void> | undefined
  const ringAll = async () => {
    while (waiting.length > 0) {
      const messages = waiting
      waiting = []
      try {
        await doorbell.ring(messages.map((id) => ({ kind: 'message', id, turn: '0' })))
      } catch (error) {
        log.warn('bell not rung', { count: messages.length, code: asFailure(error).code })
      }
    }
    underWay = undefined
  }
  return {
    ring(messages) {
      if (messages.length === 0) return
      waiting.push(...messages)
      underWay ??= ringAll()
    },
    idle: () => underWay ?? Promise.resolve(),
  }
}
