import type { FastifyInstance } from 'fastify'
import type { Installation } from '../../../orchestrator/installation.ts'
import { readUnready, type Unready } from '../../../orchestrator/ledger/readiness.ts'

type Watched = Pick<Installation, 'db' | 'doorbell' | 'config' | 'log'>

/** A database that takes longer to answer is no database. */
const PATIENCE_MS = 3000

/** What is not ready, as codes: whoever asks needs no sign-in, and learns nothing else. */
export type NotReady = Unready | 'database' | 'queue'

/**
 * `/healthz` tells that the process answers, `/readyz` that work gets done: 503 with the reasons when it does not. For load
 * balancers and monitoring, without signing in.
 */
export function mountHealth(server: FastifyInstance, watched: Watched): void {
  server.get('/healthz', () => ({ healthy: true }))
  server.get('/readyz', async (_request, reply) => {
    const reasons = await notReady(watched)
    return reply.code(reasons.length === 0 ? 200 : 503).send({ ready: reasons.length === 0, reasons })
  })
}

async function notReady({ db, doorbell, config, log }: Watched): Promise<NotReady[]> {
  const { readySeconds: workSeconds, sweepSeconds } = config
  const told = (what: NotReady) => (error: unknown) => {
    log.warn('not ready', { code: error instanceof Error ? error.name : 'unknown', system: what })
    return [what]
  }
  const [ledger, queue] = await Promise.all([
    inTime(readUnready(db, { workSeconds, sweepSeconds })).catch(told('database')),
    inTime(doorbell.counts()).then(() => [], told('queue')),
  ])
  return [...ledger, ...queue]
}

async function inTime<Answer>(asked: Promise<Answer>): Promise<Answer> {
  const late = Promise.withResolvers<never>()
  const timer = setTimeout(() => late.reject(new Error('It did not answer in time.')), PATIENCE_MS)
  try {
    return await Promise.race([asked, late.promise])
  } finally {
    clearTimeout(timer)
  }
}
