import { bots } from '../../../bots/index.ts'
import { localDate } from '../../../orchestrator/triggers/calendar.ts'
import { readAdoption, recordPhase, removePhase } from '../../../orchestrator/programme/adoption.ts'
import { planRound, readRounds } from '../../../orchestrator/programme/rounds.ts'
import { Done } from '../door/account-schemas.ts'
import { defineRoute, type Route } from '../route.ts'
import { expectRobot } from './known-robots.ts'
import { AdoptionMatrix, NewPhase, PhasePath, Planned, RoundPath, Rounds } from './adoption-schemas.ts'

/** The programme's own time: its days are those of the Netherlands, whatever a hospital's zone is. */
export const programmeDay = (): string => localDate(new Date(), 'Europe/Amsterdam')

const done = { done: true }

export const adoptionRoutes: readonly Route[] = [
  defineRoute({
    method: 'GET',
    path: '/api/programme/adoption',
    roles: ['programme', 'administrator', 'auditor'],
    summary: 'Which robot is in which phase at which hospital, since when.',
    answer: AdoptionMatrix,
    async handle(_asked, { db, hospitals }) {
      const adoption = await readAdoption(db, hospitals)
      const names = new Set([...bots.keys(), ...adoption.map(({ bot }) => bot)])
      return {
        hospitals: await db
          .selectFrom('hospital')
          .select(['id', 'name'])
          .where('id', 'in', ['', ...hospitals])
          .orderBy('name')
          .execute(),
        bots: [...names].toSorted().map((name) => ({ name, title: bots.get(name)?.title ?? null })),
        adoption,
      }
    },
  }),
  defineRoute({
    method: 'PUT',
    path: '/api/hospitals/:hospital/adoption/:bot/:since',
    roles: ['programme', 'administrator'],
    summary: 'Writes down since when a robot is in a phase at the hospital.',
    params: PhasePath,
    body: NewPhase,
    answer: Done,
    async handle({ params, body }, { db, caller }) {
      await expectRobot(db, params.bot)
      await recordPhase(db, { ...params, ...body, account: caller.account }, programmeDay())
      return done
    },
  }),
  defineRoute({
    method: 'DELETE',
    path: '/api/hospitals/:hospital/adoption/:bot/:since',
    roles: ['programme', 'administrator'],
    summary: 'Takes back a phase that was written down by mistake.',
    params: PhasePath,
    answer: Done,
    async handle({ params }, { db, caller }) {
      await removePhase(db, { ...params, account: caller.account })
      return done
    },
  }),
  defineRoute({
    method: 'GET',
    path: '/api/programme/rounds',
    roles: ['programme', 'administrator', 'auditor'],
    summary: 'The half-yearly rounds: what was planned for each, and what went live in it.',
    answer: Rounds,
    handle: (_asked, { db, hospitals }) => readRounds(db, hospitals, programmeDay()),
  }),
  defineRoute({
    method: 'PUT',
    path: '/api/hospitals/:hospital/rounds/:round/:bot',
    roles: ['programme', 'administrator'],
    summary: 'Plans a robot for a round at the hospital, or takes it out again.',
    params: RoundPath,
    body: Planned,
    answer: Done,
    async handle({ params, body }, { db, caller }) {
      if (body.planned) await expectRobot(db, params.bot)
      await planRound(db, { ...params, ...body, account: caller.account })
      return done
    },
  }),
]
