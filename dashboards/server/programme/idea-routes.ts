import { bots } from '../../../bots/index.ts'
import { addIdea, decideIdea, readIdeas, voteForIdea } from '../../../orchestrator/programme/ideas.ts'
import { readPleasure, recordPleasure } from '../../../orchestrator/programme/pleasure.ts'
import { Done, Hospital } from '../door/account-schemas.ts'
import { defineRoute, type Route } from '../route.ts'
import { expectRobot } from './known-robots.ts'
import { programmeDay } from './adoption-routes.ts'
import {
  Decision,
  IdeaMade,
  IdeaPath,
  Ideas,
  NewIdea,
  NewPleasure,
  PleasureScores,
  Vote,
} from './idea-schemas.ts'

const done = { done: true }

export const ideaRoutes: readonly Route[] = [
  defineRoute({
    method: 'GET',
    path: '/api/programme/ideas',
    roles: ['programme', 'administrator', 'it', 'auditor', 'colleague'],
    summary:
      'Ideas for robots, those of most weight first, with what came of them; a colleague hears no others’ votes.',
    answer: Ideas,
    async handle(_asked, { db, hospitals, caller: { account }, seesAsColleague }) {
      const toldAt = hospitals.filter((id) => !seesAsColleague(id))
      const ideas = await readIdeas(db, { hospitals, account, toldAt })
      return ideas.map((idea) => ({
        ...idea,
        botTitle: (idea.bot === null ? undefined : bots.get(idea.bot)?.title) ?? null,
      }))
    },
  }),
  defineRoute({
    method: 'POST',
    path: '/api/hospitals/:hospital/ideas',
    roles: ['programme', 'administrator', 'it', 'colleague'],
    summary: 'Keeps an idea of somebody at the hospital.',
    params: Hospital,
    body: NewIdea,
    answer: IdeaMade,
    handle: async ({ params, body }, { db, caller }) => ({
      id: await addIdea(db, { ...params, ...body, account: caller.account }),
    }),
  }),
  defineRoute({
    method: 'PUT',
    path: '/api/hospitals/:hospital/ideas/:idea/vote',
    roles: ['programme', 'administrator', 'it', 'colleague'],
    summary: 'Votes for an idea; voting again replaces the earlier vote.',
    params: IdeaPath,
    body: Vote,
    answer: Done,
    async handle({ params, body }, { db, caller }) {
      await voteForIdea(db, { ...params, ...body, account: caller.account })
      return done
    },
  }),
  defineRoute({
    method: 'PUT',
    path: '/api/hospitals/:hospital/ideas/:idea/decision',
    roles: ['programme', 'administrator'],
    summary: 'Chooses or declines an idea, or opens it again.',
    params: IdeaPath,
    body: Decision,
    answer: Done,
    async handle({ params, body }, { db, caller }) {
      await expectRobot(db, body.bot)
      await decideIdea(db, { ...params, ...body, account: caller.account })
      return done
    },
  }),
  defineRoute({
    method: 'GET',
    path: '/api/programme/pleasure',
    roles: ['programme', 'administrator', 'auditor'],
    summary: 'Work pleasure by department, before and after a robot came.',
    answer: PleasureScores,
    handle: (_asked, { db, hospitals }) => readPleasure(db, hospitals),
  }),
  defineRoute({
    method: 'PUT',
    path: '/api/hospitals/:hospital/pleasure',
    roles: ['programme', 'administrator'],
    summary: 'Keeps what colleagues of a department give their work.',
    params: Hospital,
    body: NewPleasure,
    answer: Done,
    async handle({ params, body }, { db, caller }) {
      await expectRobot(db, body.bot)
      await recordPleasure(db, { ...params, ...body, account: caller.account }, programmeDay())
      return done
    },
  }),
]
