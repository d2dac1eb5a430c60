import { defineRoute, type Route } from '../route.ts'
import { describeLink, signInByLink } from './link-sign-in.ts'
import { meOf } from './me.ts'
import { Me } from './me-schemas.ts'
import { signInByPassword } from './password-sign-in.ts'
import { LinkFound, LookAtLink, PasswordSignIn, SignInWays, UseLink } from './sign-in-schemas.ts'

/** Coming in: with a password, or with a one-time link. */
export const signInRoutes: readonly Route[] = [
  defineRoute({
    method: 'GET',
    path: '/api/sign-in',
    roles: 'anyone',
    summary: 'How one can sign in here.',
    answer: SignInWays,
    handle: async (_, { installation: { config } }) => ({
      password: true as const,
      oidc: config.oidcIssuer === undefined ? null : config.oidcName,
    }),
  }),
  defineRoute({
    method: 'POST',
    path: '/api/sign-in/password',
    roles: 'anyone',
    summary: 'Signs in with an account and its password, and the second factor when it has one.',
    body: PasswordSignIn,
    answer: Me,
    async handle({ body }, { door, installation }) {
      await signInByPassword(door.db, installation.secrets, { ...body, address: door.from })
      await door.letIn(body.account, 'password')
      return await meOf(door.db, body.account)
    },
  }),
  defineRoute({
    method: 'POST',
    path: '/api/sign-in/link/look',
    roles: 'anyone',
    summary: 'What a one-time link is for; it is not used yet.',
    body: LookAtLink,
    answer: LinkFound,
    handle: ({ body }, { door }) => describeLink(door.db, body.token),
  }),
  defineRoute({
    method: 'POST',
    path: '/api/sign-in/link',
    roles: 'anyone',
    summary: 'Uses a one-time link up and signs in with it.',
    body: UseLink,
    answer: Me,
    async handle({ body }, { door }) {
      const account = await signInByLink(door, body)
      await door.letIn(account, 'link')
      return await meOf(door.db, account)
    },
  }),
]
