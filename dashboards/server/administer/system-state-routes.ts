import { holdSystem, releaseSystem, resetCircuit } from '../../../orchestrator/ledger/system-state.ts'
import { enterCredentials } from '../../../orchestrator/work/enter-credentials.ts'
import { Done } from '../door/account-schemas.ts'
import { defineRoute, type Route } from '../route.ts'
import { changedBy } from './by-caller.ts'
import { EnterCredentials } from './credential-schemas.ts'
import { HoldSystem, SystemPath } from './system-schemas.ts'

const done = { done: true }

export const systemStateRoutes: readonly Route[] = [
  defineRoute({
    method: 'PUT',
    path: '/api/hospitals/:hospital/systems/:system/credentials',
    roles: ['administrator'],
    summary:
      'Seals credentials of a system, with the day by which they must be renewed. They never come out again.',
    params: SystemPath,
    body: EnterCredentials,
    answer: Done,
    async handle({ params: { hospital, system }, body: { renewOn, entered } }, context) {
      const { db, installation } = context
      const parts = { db, secrets: installation.secrets }
      await enterCredentials(parts, changedBy(hospital, context), system, { ...entered, renewOn })
      return done
    },
  }),
  defineRoute({
    method: 'PUT',
    path: '/api/hospitals/:hospital/systems/:system/hold',
    roles: ['administrator', 'it'],
    summary: 'Holds a system: nothing new begins there until the end given, or until it is released.',
    params: SystemPath,
    body: HoldSystem,
    answer: Done,
    async handle({ params: { hospital, system }, body: { reason, until } }, context) {
      const end = until === null ? null : new Date(until)
      await holdSystem(context.db, changedBy(hospital, context), system, { reason, until: end })
      return done
    },
  }),
  defineRoute({
    method: 'DELETE',
    path: '/api/hospitals/:hospital/systems/:system/hold',
    roles: ['administrator', 'it'],
    summary: 'Lets work begin at a system again.',
    params: SystemPath,
    answer: Done,
    async handle({ params: { hospital, system } }, context) {
      await releaseSystem(context.db, changedBy(hospital, context), system)
      return done
    },
  }),
  defineRoute({
    method: 'POST',
    path: '/api/hospitals/:hospital/systems/:system/reset',
    roles: ['administrator', 'it'],
    summary: 'Forgets the failures of a system: the next item goes through at once.',
    params: SystemPath,
    answer: Done,
    async handle({ params: { hospital, system } }, context) {
      await resetCircuit(context.db, changedBy(hospital, context), system)
      return done
    },
  }),
]
