import { z } from 'zod'
import { Account, Hospital, Instant, Language, Role } from './account-schemas.ts'

/** `GET /api/hospitals/:hospital/people` */
export const People = z.array(
  z.object({
    account: z.string(),
    name: z.string(),
    roles: z.array(Role),
    /** Administers every hospital of the installation; that is not changed here. */
    everywhere: z.boolean(),
    state: z.enum(['invited', 'active', 'disabled']),
    hasTotp: z.boolean(),
    hasOidc: z.boolean(),
    signedIn: Instant.nullable(),
    /** Whether an administrator of this hospital may disable it or give it a new link: it has roles at no other. */
    ours: z.boolean(),
  }),
)

/**
 * `POST /api/hospitals/:hospital/people`: a new account with a link, or roles here for one that exists (`link` null).
 * The link is shown once, to be handed over by the administrator.
 */
export const Invite = z.object({
  account: Account,
  name: z.string().trim().min(1, 'must be filled in').max(100),
  language: Language.default('nl'),
  roles: z.array(Role).min(1, 'must have at least one role'),
})
export const Invited = z.object({
  account: z.string(),
  link: z.string().nullable(),
  ends: Instant.nullable(),
})

export const PersonPath = Hospital.extend({ account: Account })

/** `PUT /api/hospitals/:hospital/people/:account/roles`: none takes the account away from this hospital. */
export const ChangeRoles = z.object({ roles: z.array(Role) })

/** `PUT /api/hospitals/:hospital/people/:account/state`: disabled ends its sessions at once. */
export const ChangeState = z.object({ state: z.enum(['active', 'disabled']) })

/** Answer to `POST /api/hospitals/:hospital/people/:account/link`: for a new password, shown once. */
export const NewLink = z.object({ link: z.string(), ends: Instant })

/** `GET /api/hospitals/:hospital/sign-ins?before=&account=`: the newest first, of the hospital's people. */
export const SignInsAsked = z.object({
  before: z.coerce.number().int().positive().optional(),
  account: Account.optional(),
})
export const SignIns = z.array(
  z.object({
    id: z.number(),
    at: Instant,
    account: z.string(),
    way: z.enum(['password', 'link', 'oidc', 'token']),
    outcome: z.enum(['in', 'wrong', 'code-wrong', 'blocked', 'not-active', 'out']),
    address: z.string(),
  }),
)
