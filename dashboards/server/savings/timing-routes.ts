import { bots } from '../../../bots/index.ts'
import { leaveCaseOut } from '../../../orchestrator/savings/timed-cases.ts'
import {
  dropCase,
  readOpenMeasurements,
  readRunningCase,
  startCase,
  stopCase,
} from '../../../orchestrator/savings/timing.ts'
import { Done } from '../door/account-schemas.ts'
import { defineRoute, type Route } from '../route.ts'
import { CasePath, LeftOut, MeasurementPath } from './measure-schemas.ts'
import { HospitalPath } from './savings-schemas.ts'
import { CaseStarted, CaseStopped, StartCase, StopCase, Timing, TimingPath } from './timing-schemas.ts'

/** Who times cases: whoever does the work by hand. The times are those of the ledger's clock, so no machine brings any. */
const TIMERS = ['administrator', 'colleague'] as const
const done = { done: true }

export const timingRoutes: readonly Route[] = [
  defineRoute({
    method: 'GET',
    path: '/api/hospitals/:hospital/timing',
    roles: TIMERS,
    forPeople: true,
    summary: 'Measurements that are open for timing, one’s own cases, and the case that one is at.',
    params: HospitalPath,
    answer: Timing,
    async handle({ params: { hospital } }, { db, caller: { account } }) {
      const own = { hospital, account }
      const measurements = await readOpenMeasurements(db, own)
      return {
        measurements: measurements.map((row) => ({
          ...row,
          title: bots.get(row.bot)?.title ?? null,
          variantTitle: bots.get(row.bot)?.variants[row.variant] ?? null,
        })),
        running: (await readRunningCase(db, own)) ?? null,
      }
    },
  }),
  defineRoute({
    method: 'POST',
    path: '/api/hospitals/:hospital/measurements/:measurement/start',
    roles: TIMERS,
    forPeople: true,
    summary: 'Starts the time of one case.',
    params: MeasurementPath,
    body: StartCase,
    answer: CaseStarted,
    handle: async ({ params, body }, { db, caller: { account } }) => ({
      id: await startCase(db, { ...params, ...body, account }),
    }),
  }),
  defineRoute({
    method: 'POST',
    path: '/api/hospitals/:hospital/timing/:timing/stop',
    roles: TIMERS,
    forPeople: true,
    summary: 'Stops a case and keeps its time, once; a long one when one is sure of it.',
    params: TimingPath,
    body: StopCase,
    answer: CaseStopped,
    handle: ({ params: { hospital, timing }, body }, { db, caller: { account } }) =>
      stopCase(db, { ...body, hospital, account, id: timing }),
  }),
  defineRoute({
    method: 'DELETE',
    path: '/api/hospitals/:hospital/timing/:timing',
    roles: TIMERS,
    forPeople: true,
    summary: 'Drops a case that went wrong: nothing is kept of it.',
    params: TimingPath,
    answer: Done,
    async handle({ params: { hospital, timing } }, { db, caller: { account } }) {
      await dropCase(db, { hospital, account, id: timing })
      return done
    },
  }),
  defineRoute({
    method: 'PATCH',
    path: '/api/hospitals/:hospital/measurements/:measurement/cases/:number',
    roles: TIMERS,
    summary: 'Leaves a case out of what is measured, or puts it back; a colleague those of their own.',
    params: CasePath,
    body: LeftOut,
    answer: Done,
    async handle({ params, body }, { db, caller: { account }, seesAsColleague }) {
      await leaveCaseOut(db, {
        ...{ ...params, ...body },
        account: seesAsColleague(params.hospital) ? account : undefined,
      })
      return done
    },
  }),
]
