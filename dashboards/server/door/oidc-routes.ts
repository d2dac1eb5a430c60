import { Failure } from '../../../connectors/failure.ts'
import { defineRoute, type Route } from '../route.ts'
import { beginOidc, finishOidc } from './oidc-sign-in.ts'
import { BeginOidc, OidcBegun, OidcReturn } from './sign-in-schemas.ts'

/** Signing in with the sign-in service of the organisation (OpenID Connect). */
export const oidcRoutes: readonly Route[] = [
  defineRoute({
    method: 'POST',
    path: '/api/sign-in/oidc',
    roles: 'anyone',
    summary:
      'Where to send the browser for single sign-on; with a one-time link its account is tied to who signs in.',
    body: BeginOidc,
    answer: OidcBegun,
    handle: async ({ body }, { door, installation }) => ({
      address: await beginOidc(door, installation.secrets, body.token),
    }),
  }),
  defineRoute({
    method: 'GET',
    path: '/api/sign-in/oidc/return',
    roles: 'anyone',
    summary: 'Where the sign-in service sends the browser back to; sends it on to the pages.',
    query: OidcReturn,
    answer: 'redirect',
    async handle({ query }, { door, installation }) {
      try {
        await door.letIn(await finishOidc(door, installation.secrets, query), 'oidc')
        return { location: '/' }
      } catch (error) {
        if (error instanceof Failure && error.kind === 'business')
          return { location: `/sign-in?error=${error.code}` }
        throw error
      }
    },
  }),
]
