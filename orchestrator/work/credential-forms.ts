import { z } from 'zod'

const filled = z.string().min(1).max(10_000)
const account = { user: filled, password: z.string().max(10_000) }

/** What can be entered for a system, by its part and way. It goes in and never comes out. */
export const EnteredCredentials = z.discriminatedUnion('part', [
  z.strictObject({
    part: z.literal('sign-in'),
    value: z.union([
      z.strictObject({ ...account, totpSecret: filled.optional() }),
      z.strictObject({ way: z.literal('basic'), ...account }),
      z.strictObject({ way: z.literal('bearer'), token: filled }),
      z.strictObject({ way: z.literal('backend-services'), key: filled }),
    ]),
  }),
  z.strictObject({
    part: z.literal('certificate-key'),
    value: z.strictObject({ key: filled, passphrase: z.string().max(1000).optional() }),
  }),
  z.strictObject({ part: z.literal('proxy'), value: z.strictObject(account) }),
])
export type EnteredCredentials = z.output<typeof EnteredCredentials>
