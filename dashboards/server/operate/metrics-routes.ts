import { collectDefaultMetrics, Gauge, Registry } from 'prom-client'
import { readFigures, type Figure } from '../../../orchestrator/ledger/figures.ts'
import { measureRefused } from '../refused-requests.ts'
import { defineRoute, type Route } from '../route.ts'

const HELP: Readonly<Record<string, string>> = {
  items:
    'Items that are not done, by deployment and state; due are those among queued that may be taken now.',
  oldest_due_seconds: 'How long the oldest item of a deployment that may be taken waits.',
  items_ended_total: 'Items that ended, and parkings, by deployment and outcome.',
  messages: 'HL7 messages that wait to be routed, or for a person.',
  workers: 'Workers by state.',
  worker_capacity: 'How many items all workers that take work do at the same time.',
  sweep_age_seconds: 'Since a part of the sweep went well last.',
  access_unchained: 'Rows of the access log that have no place in their chain yet.',
}

/**
 * For Prometheus: with a token of role it in its `authorization`. Of the hospitals where the caller has that role, so that
 * who watches one hospital does not see how busy another is. Labels are ids of deployments, channels and states.
 */
export const metricsRoutes: readonly Route[] = [
  defineRoute({
    method: 'GET',
    path: '/metrics',
    roles: ['it'],
    summary: 'Figures for Prometheus, of the hospitals where the caller is IT; use a token with that role.',
    answer: 'file',
    async handle(_asked, { db, hospitals, installation }) {
      const text = await written(await readFigures(db, hospitals, installation.config.leaseSeconds))
      return { name: 'metrics.txt', mediaType: Registry.PROMETHEUS_CONTENT_TYPE, bytes: Buffer.from(text) }
    },
  }),
]

/** Of this process: memory, event loop, processor. Made when it is asked for first, for from then on it is measured all the time. */
let ofProcess: Registry | undefined

function processRegistry(): Registry {
  if (ofProcess) return ofProcess
  ofProcess = new Registry()
  collectDefaultMetrics({ register: ofProcess, prefix: 'ontregel_' })
  measureRefused(ofProcess)
  return ofProcess
}

async function written(figures: readonly Figure[]): Promise<string> {
  const registry = new Registry()
  for (const name of Object.keys(HELP)) {
    const own = figures.filter((figure) => figure.name === name)
    const [first] = own
    if (!first) continue
    const labelNames = Object.keys(first.labels)
    const gauge = new Gauge({
      name: `ontregel_${name}`,
      help: HELP[name] ?? name,
      labelNames,
      registers: [registry],
    })
    for (const { labels, value } of own) gauge.set({ ...labels }, value)
  }
  return `${await registry.metrics()}\n${await processRegistry().metrics()}`
}
