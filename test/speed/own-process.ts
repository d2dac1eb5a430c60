import { fork } from 'node:child_process'
import { once } from 'node:events'
import { join } from 'node:path'

/** A program of this folder, asked one thing at a time. */
export interface OwnProcess extends AsyncDisposable {
  /** @throws Error when it ends or says `{ failed }` instead of answering. */
  ask(question: object): Promise<unknown>
}

/** Starts a program; it ends when its channel to us does. */
export function startProcess(program: string): OwnProcess {
  const child = fork(join(import.meta.dirname, program), { serialization: 'json' })
  return {
    ask: async (question) => {
      const stop = new AbortController()
      const { signal } = stop
      const ended = once(child, 'exit', { signal }).then(([code]) => {
        throw new Error(`${program} ended with ${String(code)} before it answered.`)
      })
      try {
        child.send(question)
        const [answer]: unknown[] = await Promise.race([once(child, 'message', { signal }), ended])
        return answer
      } finally {
        ended.catch(() => undefined)
        stop.abort()
      }
    },
    [Symbol.asyncDispose]: async () => {
      if (child.exitCode !== null || child.signalCode !== null) return
      const exit = once(child, 'exit')
      child.disconnect()
      await exit
    },
  }
}
