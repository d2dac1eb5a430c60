import { Failure } from '../../../connectors/failure.ts'
import { listApiTokens, makeApiToken, withdrawApiToken } from '../../../orchestrator/ledger/api-tokens.ts'
import { recordChange } from '../../../orchestrator/ledger/changes.ts'
import { defineRoute, type Route } from '../route.ts'
import { Done, Hospital } from './account-schemas.ts'
import { MakeToken, TokenMade, TokenPath, Tokens } from './token-schemas.ts'

/** Tokens for machines: one role at one hospital, for a while. Only a person gives one out. */
export const tokenRoutes: readonly Route[] = [
  defineRoute({
    method: 'GET',
    path: '/api/hospitals/:hospital/tokens',
    roles: ['administrator', 'auditor'],
    summary: 'The tokens of the hospital, withdrawn and ended ones too.',
    params: Hospital,
    answer: Tokens,
    handle: ({ params }, { door }) => listApiTokens(door.db, params.hospital),
  }),
  defineRoute({
    method: 'POST',
    path: '/api/hospitals/:hospital/tokens',
    roles: ['administrator'],
    forPeople: true,
    summary: 'Makes a token for a machine; it is shown once.',
    params: Hospital,
    body: MakeToken,
    answer: TokenMade,
    async handle({ params: { hospital }, body }, { db, door, caller }) {
      const made = await makeApiToken(door.db, { hospital, ...body, madeBy: caller.account })
      const after = { name: body.name, role: body.role, days: body.days }
      await recordChange(db, {
        ...{ hospital, account: caller.account, what: 'token', subject: made.id },
        ...{ before: null, after },
      })
      return made
    },
  }),
  defineRoute({
    method: 'DELETE',
    path: '/api/hospitals/:hospital/tokens/:token',
    roles: ['administrator'],
    forPeople: true,
    summary: 'Withdraws a token for good.',
    params: TokenPath,
    answer: Done,
    async handle({ params: { hospital, token } }, { db, door, caller }) {
      if (!(await withdrawApiToken(door.db, hospital, token)))
        throw new Failure('business', 'not-found', 'The hospital has no such token.')
      await recordChange(db, {
        ...{ hospital, account: caller.account, what: 'token', subject: token },
        ...{ before: { withdrawn: false }, after: { withdrawn: true } },
      })
      return { done: true }
    },
  }),
]
