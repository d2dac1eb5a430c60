import { Failure } from '../../../connectors/failure.ts'
import { changeLanguage } from '../../../orchestrator/ledger/accounts.ts'
import { closeSession, closeSessions, listSessions } from '../../../orchestrator/ledger/sessions.ts'
import { recordSignIn } from '../../../orchestrator/ledger/sign-ins.ts'
import { newTotp } from '../../../orchestrator/secrets/totp.ts'
import { defineRoute, type Route } from '../route.ts'
import { Done } from './account-schemas.ts'
import { meOf } from './me.ts'
import {
  ChangeLanguage,
  ChangePassword,
  ConfirmTotp,
  Me,
  RemoveTotp,
  SessionId,
  Sessions,
  TotpOffer,
} from './me-schemas.ts'
import { changePassword, confirmTotp, removeTotp } from './own-secrets.ts'
import { SignOut } from './sign-in-schemas.ts'

const done = { done: true }

const sessionRoutes: readonly Route[] = [
  defineRoute({
    method: 'GET',
    path: '/api/me',
    roles: 'signed-in',
    summary: 'Who is signed in, and what they are at each hospital.',
    answer: Me,
    handle: (_, { door, caller }) => meOf(door.db, caller.account),
  }),
  defineRoute({
    method: 'POST',
    path: '/api/sign-out',
    roles: 'signed-in',
    summary: 'Ends this session, or all sessions of the account.',
    body: SignOut,
    answer: Done,
    async handle({ body }, { door, caller: { account } }) {
      if (body.everywhere) await closeSessions(door.db, account)
      else if (door.session !== undefined) await closeSession(door.db, account, door.session)
      await recordSignIn(door.db, { account, way: 'password', outcome: 'out', address: door.from })
      door.forget()
      return done
    },
  }),
  defineRoute({
    method: 'GET',
    path: '/api/me/sessions',
    roles: 'signed-in',
    summary: 'Where the account is signed in now.',
    answer: Sessions,
    async handle(_, { door, caller }) {
      const sessions = await listSessions(door.db, caller.account)
      return sessions.map((session) => ({ ...session, current: session.id === door.session }))
    },
  }),
  defineRoute({
    method: 'DELETE',
    path: '/api/me/sessions/:session',
    roles: 'signed-in',
    summary: 'Ends one session of the account.',
    params: SessionId,
    answer: Done,
    async handle({ params }, { door, caller }) {
      if (await closeSession(door.db, caller.account, params.session)) return done
      throw new Failure('business', 'not-found', 'That session is not there: it may have ended already.')
    },
  }),
]

const ownRoutes: readonly Route[] = [
  defineRoute({
    method: 'PUT',
    path: '/api/me/language',
    roles: 'signed-in',
    summary: 'Chooses the language of the pages.',
    body: ChangeLanguage,
    answer: Done,
    async handle({ body }, { door, caller }) {
      await changeLanguage(door.db, caller.account, body.language)
      return done
    },
  }),
  defineRoute({
    method: 'PUT',
    path: '/api/me/password',
    roles: 'signed-in',
    summary: 'Gives the account a new password; its other sessions end.',
    body: ChangePassword,
    answer: Done,
    async handle({ body }, { door, caller: { account } }) {
      await changePassword(door.db, { account, address: door.from }, body)
      await closeSessions(door.db, account, door.session)
      return done
    },
  }),
  defineRoute({
    method: 'POST',
    path: '/api/me/totp',
    roles: 'signed-in',
    summary: 'Offers a second factor for an app; it counts once it is confirmed.',
    answer: TotpOffer,
    handle: async (_, { caller }) => newTotp(caller.account),
  }),
  defineRoute({
    method: 'PUT',
    path: '/api/me/totp',
    roles: 'signed-in',
    summary: 'Confirms the second factor with a code of the app.',
    body: ConfirmTotp,
    answer: Done,
    async handle({ body }, { door, caller, installation }) {
      await confirmTotp(door.db, installation.secrets, caller.account, body)
      return done
    },
  }),
  defineRoute({
    method: 'POST',
    path: '/api/me/totp/remove',
    roles: 'signed-in',
    summary: 'Takes the second factor away, with the password.',
    body: RemoveTotp,
    answer: Done,
    async handle({ body }, { door, caller }) {
      await removeTotp(door.db, { account: caller.account, address: door.from }, body.password)
      return done
    },
  }),
]

/** One's own account and its sessions. */
export const meRoutes: readonly Route[] = [...sessionRoutes, ...ownRoutes]
