import { isAbsolute, join } from 'node:path'
import { z } from 'zod'

/** Relative paths count from here, so that a command gives the same from any folder. */
const ROOT = join(import.meta.dirname, '..')

const WHOLE = 'must be a whole number, such as 4'
const PORT = 'must be a port from 0 to 65535, such as 8443'

/** Fractions allowed. */
export const seconds = z.coerce
  .number('must be a number of seconds, such as 30 or 0.5')
  .positive('must be more than 0 seconds')
export const count = z.coerce.number(WHOLE).int(WHOLE).positive('must be 1 or more')
/** How long something is kept: not so short that nobody has looked, nor longer than anybody may ask for. */
export const daysKept = count.pipe(
  z.number().min(30, 'must be 30 days or more').max(3650, 'must be 3650 days or less'),
)
export const port = z.coerce.number(PORT).int(PORT).min(0, PORT).max(65_535, PORT)
export const folder = z.string().transform((path) => (isAbsolute(path) ? path : join(ROOT, path)))
/** Empty is none. */
export const path = z.string().transform((text) => (text === '' ? undefined : text))

/** A web or server address of a protocol; empty is none. @param example what the person is shown */
export const address = (protocol: RegExp, example: string) =>
  path.pipe(z.url({ protocol, error: `must look like ${example}` }).optional())

/** A web address without a path, as browsers write it in `Origin`; empty is none. @param example what the person is shown */
export const origin = (example: string) =>
  path
    .pipe(z.url({ protocol: /^https?$/, error: `must look like ${example}` }).optional())
    .transform((text) => (text === undefined ? undefined : new URL(text).origin))
/** With commas between; empty is none. */
export const list = z.string().transform((text) => text.split(',').flatMap((part) => part.trim() || []))
