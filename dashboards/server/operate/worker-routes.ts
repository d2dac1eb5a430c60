import { bots } from '../../../bots/index.ts'
import { recordChange } from '../../../orchestrator/ledger/changes.ts'
import { readQueue } from '../../../orchestrator/ledger/queue-state.ts'
import { readWorkers, wantOfWorker } from '../../../orchestrator/ledger/workers.ts'
import { Done, Hospital } from '../door/account-schemas.ts'
import { defineRoute, type Route } from '../route.ts'
import { Queue, Workers, WorkerPath, WorkerWish } from './worker-schemas.ts'

/** Workers belong to the installation: who is IT at one of its hospitals sees and steers them all. */
export const workerRoutes: readonly Route[] = [
  defineRoute({
    method: 'GET',
    path: '/api/hospitals/:hospital/workers',
    roles: ['it'],
    summary: 'The workers of the installation, and what of this hospital they have in hand.',
    params: Hospital,
    answer: Workers,
    async handle(_asked, { db, installation }) {
      const workers = await readWorkers(db)
      const { leaseSeconds } = installation.config
      return workers.map((worker) => ({
        ...worker,
        hands: [...worker.hands],
        lost: worker.silentSeconds > leaseSeconds,
      }))
    },
  }),
  defineRoute({
    method: 'PUT',
    path: '/api/hospitals/:hospital/workers/:worker',
    roles: ['it'],
    summary:
      'Tells a worker to take nothing new, to end after what it has in hand, or to work again; it obeys within seconds.',
    params: WorkerPath,
    body: WorkerWish,
    answer: Done,
    async handle({ params: { hospital, worker }, body: { wanted } }, { db, caller }) {
      const { account } = caller
      await db.transaction().execute(async (tx) => {
        const before = await wantOfWorker(tx, worker, wanted, account)
        await recordChange(tx, { hospital, account, what: 'worker', subject: worker, before, after: wanted })
      })
      return { done: true }
    },
  }),
  defineRoute({
    method: 'GET',
    path: '/api/hospitals/:hospital/queue',
    roles: ['it', 'administrator'],
    summary: 'What waits for each deployment, since when, and why nothing of it is taken.',
    params: Hospital,
    answer: Queue,
    async handle({ params: { hospital } }, { db, installation }) {
      const { doorbell } = installation
      const [deployments, counts] = await Promise.all([readQueue(db, hospital), doorbell.counts()])
      const titled = deployments.map((one) => ({
        ...one,
        title: bots.get(one.bot)?.title ?? { nl: one.bot, en: one.bot },
      }))
      return { deployments: titled, doorbell: { backend: doorbell.backend, ...counts } }
    },
  }),
]
