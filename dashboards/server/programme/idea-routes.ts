import { addIdea, decideIdea, readIdeas, voteForIdea } from '../../../orchestrator/programme/ideas.ts'
import { readPleasure, recordPleasure } from '../../../orchestrator/programme/pleasure.ts'
import { Done, Hospital } from '../door/account-schemas.ts'
import { defineRoute, type Route } from '../route.ts'
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
    roles: ['programme', 'administrator', 'it', 'auditor'],
    summary: 'Ideas for robots, those of most weight first.',
    answer: Ideas,
    handle: (_asked, { db, hospitals, caller }) => readIdeas(db, hospitals, caller.account),
  }),
  defineRoute({
    method: 'POST',
    path: '/api/hospitals/:hospital/ideas',
    roles: ['programme', 'administrator', 'it'],
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
    roles: ['programme', 'administrator', 'it'],
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
      await recordPleasure(db, { ...params, ...body, account: caller.account }, programmeDay())
      return done
    },
  }),
]
