import { z } from 'zod'
import { ROLES, TOKEN_ROLES } from '../../../orchestrator/ledger/roles.ts'

export const Role = z.enum(ROLES)
export const TokenRole = z.enum(TOKEN_ROLES)
export const Language = z.enum(['nl', 'en'])
export const Hospital = z.object({ hospital: z.string().max(40) })

/** The name one signs in with, and what is written down of who did something. */
export const Account = z
  .string()
  .trim()
  .toLowerCase()
  .regex(
    /^[a-z0-9][a-z0-9._@-]{1,79}$/,
    'must be 2 to 80 small letters, digits and . _ @ -, such as a personnel number',
  )

/** After NIST SP 800-63B: length is what counts, no rules about kinds of characters. */
export const NewPassword = z
  .string()
  .min(12, 'must have at least 12 characters: a few words together do well')
  .max(200, 'must have at most 200 characters')

export const Code = z
  .string()
  .transform((text) => text.replaceAll(/\s/g, ''))
  .pipe(z.string().regex(/^\d{6}$/, 'must be the 6 digits that the app shows now'))

export const Done = z.object({ done: z.boolean() })

/** A time as text, `2026-11-22T03:00:00.000Z`; on the way out a Date is taken too. */
export const Instant = z.union([z.date().transform((date) => date.toISOString()), z.iso.datetime()])
