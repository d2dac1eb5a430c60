import { z } from 'zod'
import { Account, Language, NewPassword } from './account-schemas.ts'

/** `GET /api/sign-in`: how one can sign in here. */
export const SignInWays = z.object({
  password: z.literal(true),
  /** What the button for single sign-on says; null when there is none. */
  oidc: z.string().nullable(),
})

/**
 * `POST /api/sign-in/password`; answers `Me`. Error `code-needed` asks for `code`: six digits of the app. Error
 * `sign-in-refused` says nothing about which part was wrong, `too-many` asks to wait.
 */
export const PasswordSignIn = z.object({
  account: Account,
  password: z.string().max(200),
  code: z.string().max(20).optional(),
})

const token = z.string().regex(/^[\w-]{43}$/, 'must be the whole link, as it was given')

/** `POST /api/sign-in/link/look`: what a one-time link is for. Using it is a second step, for mail scanners follow links. */
export const LookAtLink = z.object({ token })
export const LinkFound = z.object({
  account: z.string(),
  name: z.string(),
  language: Language,
  purpose: z.enum(['first-administrator', 'invitation', 'new-password', 'sign-in']),
  /** Whether a new password must come with using it (unless single sign-on is chosen). */
  needsPassword: z.boolean(),
})

/** `POST /api/sign-in/link`: uses it up; answers `Me`. `name` may be given when it is the first administrator's. */
export const UseLink = z.object({
  token,
  password: NewPassword.optional(),
  name: z.string().trim().min(1).max(100).optional(),
  language: Language.optional(),
})

/** `POST /api/sign-in/oidc`: where to send the browser. With a one-time link's `token` that account is tied to who signs in there. */
export const BeginOidc = z.object({ token: token.optional() })
export const OidcBegun = z.object({ address: z.string() })

/** `GET /api/sign-in/oidc/return`: where the sign-in service sends the browser back to; redirects to `/` or `/sign-in?error=code`. */
export const OidcReturn = z.looseObject({
  state: z.string().max(200).optional(),
  code: z.string().max(2000).optional(),
  error: z.string().max(200).optional(),
})

/** `POST /api/sign-out` */
export const SignOut = z.object({ everywhere: z.boolean().default(false) })
