import { z } from 'zod'
import { Code, Instant, Language, NewPassword, Role } from './account-schemas.ts'

/** `GET /api/me`: who is signed in, and what they are at each hospital. */
export const Me = z.object({
  account: z.string(),
  name: z.string(),
  language: Language,
  hospitals: z.array(z.object({ id: z.string(), name: z.string(), roles: z.array(Role) })),
  /** Whether a password and a second factor are set, and whether single sign-on is tied to it. */
  hasPassword: z.boolean(),
  hasTotp: z.boolean(),
  hasOidc: z.boolean(),
})
export type Me = z.output<typeof Me>

/** `PUT /api/me/language` */
export const ChangeLanguage = z.object({ language: Language })

/** `PUT /api/me/password`: of an account that has one; the first comes with a link. Other sessions end. */
export const ChangePassword = z.object({ current: z.string().max(200), password: NewPassword })

/** Answer to `POST /api/me/totp`: to be put in an app, by its picture or by hand. Nothing changes until it is confirmed. */
export const TotpOffer = z.object({
  secret: z.string(),
  /** `otpauth://…`, for a QR code made in the page. */
  address: z.string(),
})

/** `PUT /api/me/totp`: the secret of the offer, with a code that shows that the app has it. */
export const ConfirmTotp = z.object({ secret: z.string().regex(/^[A-Z2-7]{16,64}$/), code: Code })

/** `POST /api/me/totp/remove` */
export const RemoveTotp = z.object({ password: z.string().max(200) })

/** `GET /api/me/sessions` */
export const Sessions = z.array(
  z.object({
    id: z.string(),
    current: z.boolean(),
    way: z.enum(['password', 'link', 'oidc', 'token']),
    address: z.string(),
    browser: z.string(),
    began: Instant,
    seen: Instant,
  }),
)

/** `DELETE /api/me/sessions/:session` */
export const SessionId = z.object({ session: z.uuid() })
