import { z } from 'zod'
import { Hospital, Instant, TokenRole } from './account-schemas.ts'

/** `GET /api/hospitals/:hospital/tokens` */
export const Tokens = z.array(
  z.object({
    id: z.string(),
    name: z.string(),
    role: TokenRole,
    madeBy: z.string(),
    madeAt: Instant,
    endsAt: Instant,
    usedAt: Instant.nullable(),
    withdrawnAt: Instant.nullable(),
  }),
)

/** `POST /api/hospitals/:hospital/tokens`; `days` until it ends. */
export const MakeToken = z.object({
  name: z.string().trim().min(1, 'must say what it is for').max(100),
  role: TokenRole,
  days: z.number().int().min(1).max(366).default(90),
})

/** The token is shown once. */
export const TokenMade = z.object({ id: z.string(), token: z.string() })

/** `DELETE /api/hospitals/:hospital/tokens/:token` */
export const TokenPath = Hospital.extend({ token: z.uuid() })
