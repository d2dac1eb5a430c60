import { bots } from '../../../bots/index.ts'
import { Failure } from '../../../connectors/failure.ts'
import { closeAlarm, readAttention } from '../../../orchestrator/ledger/attention.ts'
import { countWorkers } from '../../../orchestrator/ledger/reading-progress.ts'
import { readToday } from '../../../orchestrator/ledger/today.ts'
import { Done, Hospital } from '../door/account-schemas.ts'
import { defineRoute, type Route } from '../route.ts'
import { AlarmPath, Changed, Today } from './today-schemas.ts'
import { hospitalChanges } from './live-changes.ts'

/** After so long without a sign of life a worker is taken for gone. */
const SIGN_OF_LIFE_SECONDS = 60

const NO_WORKER = {
  ...{ kind: 'no-worker' as const, deployment: null, system: null, trigger: null, variant: null },
  ...{
    alarm: null,
    item: null,
    items: [],
    from: null,
    to: null,
    count: null,
    at: null,
    code: null,
    sentence: null,
  },
}

export const todayRoutes: readonly Route[] = [
  defineRoute({
    method: 'GET',
    path: '/api/hospitals/:hospital/today',
    roles: ['administrator', 'auditor'],
    summary: 'What needs attention first, and how each deployment stands today. Nothing of a patient.',
    params: Hospital,
    answer: Today,
    async handle({ params: { hospital } }, { db }) {
      const [attention, deployments, workers] = await Promise.all([
        readAttention(db, hospital),
        readToday(db, hospital),
        countWorkers(db, SIGN_OF_LIFE_SECONDS),
      ])
      const works = deployments.some(({ mode }) => mode !== 'off')
      return {
        attention: workers === 0 && works ? [NO_WORKER, ...attention] : attention,
        deployments: deployments.map((one) => ({
          ...one,
          trend: [...one.trend],
          botTitle: bots.get(one.bot)?.title ?? null,
        })),
      }
    },
  }),
  defineRoute({
    method: 'POST',
    path: '/api/hospitals/:hospital/alarms/:alarm/close',
    roles: ['administrator'],
    summary: 'Takes an alarm off Today; it stays written down, with who closed it.',
    params: AlarmPath,
    answer: Done,
    async handle({ params: { hospital, alarm } }, { db, caller }) {
      if (await closeAlarm(db, { hospital, alarm, account: caller.account })) return { done: true }
      throw new Failure('business', 'not-found', 'This alarm is not open any more.')
    },
  }),
  defineRoute({
    method: 'GET',
    path: '/api/hospitals/:hospital/items/live',
    roles: ['administrator', 'auditor'],
    summary: 'Tells which items and deployments changed, as server-sent events named `changed`.',
    params: Hospital,
    answer: 'live',
    async *handle({ params: { hospital } }, { db, installation, signal }) {
      for await (const change of hospitalChanges(installation.doorbell, db, hospital, signal))
        yield { event: 'changed', data: Changed.parse(change) }
    },
  }),
]
