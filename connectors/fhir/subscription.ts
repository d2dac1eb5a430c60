import { createHmac, timingSafeEqual } from 'node:crypto'
import { Failure } from '../failure.ts'
import type { FhirSystem } from './client.ts'
import { fieldsOf, listOf, textOf } from './json-fields.ts'
import { literal } from './parameters.ts'
import { versionOf, type Resource } from './resource.ts'
import type { Written } from './writes.ts'

/** What we want to be told of, and where. A notification is only a doorbell: it carries no resource, we look for ourselves. */
export interface SubscriptionWish {
  /** A search, such as `Appointment?status=booked`; without personal data. */
  readonly criteria: string
  /** Our own address, with nothing secret in it. */
  readonly endpoint: string
  /** Sent back to us in a header; at least 32 characters of A-Z, a-z, 0-9, - and _. */
  readonly secret: string
}

const SECRET_HEADER = 'x-ontregel-secret'
const DAY_MS = 86_400_000
const LASTS_DAYS = 14
const RENEWED_BEFORE_DAYS = 7

/**
 * Makes the rest-hook Subscription, or renews ours when less than a week of its two is left, the server switched it off, or
 * its secret is another one. @param now milliseconds since 1970. @returns undefined when there was nothing to do.
 * @throws business when there is more than one: each would ring, so a person removes one.
 */
export async function keepSubscription(
  system: FhirSystem,
  wish: SubscriptionWish,
  now: number,
): Promise<Written | undefined> {
  if (!/^[\w-]{32,}$/.test(wish.secret)) throw weakSecret(system)
  const ours: Resource[] = []
  for await (const found of system.search('Subscription', { url: wish.endpoint }))
    if (isFor(found, wish)) ours.push(found)
  const [first, ...more] = ours
  if (more.length > 0) throw several(system)
  if (first && stillGood(first, wish, now)) return undefined
  const wanted = resourceOf(wish, now)
  // A search that does not know ours yet is no reason for a second one; neither standard gives it an identifier.
  const same = { url: literal(wish.endpoint), criteria: literal(wish.criteria) }
  if (!first) return await system.create(wanted, { ifNoneExist: same })
  const version = versionOf(first)
  return await system.update({ ...first, ...wanted }, version === undefined ? {} : { ifMatch: version })
}

function resourceOf({ criteria, endpoint, secret }: SubscriptionWish, now: number): Resource {
  const end = new Date(now + LASTS_DAYS * DAY_MS).toISOString()
  const channel = { type: 'rest-hook', endpoint, header: [`${SECRET_HEADER}: ${secret}`] }
  return { resourceType: 'Subscription', status: 'requested', reason: 'Ontregel', criteria, end, channel }
}

function isFor(found: Resource, { criteria, endpoint }: SubscriptionWish): boolean {
  const channel = fieldsOf(found['channel'])
  return (
    found['criteria'] === criteria &&
    channel.get('endpoint') === endpoint &&
    channel.get('type') === 'rest-hook'
  )
}

function stillGood(found: Resource, { secret }: SubscriptionWish, now: number): boolean {
  const headers = listOf(fieldsOf(found['channel']).get('header'))
  const left = Date.parse(textOf(found['end'])) - now
  const running = found['status'] === 'active' || found['status'] === 'requested'
  return running && left > RENEWED_BEFORE_DAYS * DAY_MS && headers.includes(`${SECRET_HEADER}: ${secret}`)
}

/**
 * Whether a notification comes from the server that knows the secret: by our own header, or by the signature that some
 * servers give (`x-signature`, HMAC-SHA256 of the body in hex). Compared in a time that tells nothing.
 */
export function isGenuine(
  headers: Readonly<Record<string, string | readonly string[] | undefined>>,
  body: Uint8Array,
  secret: string,
): boolean {
  const signature = createHmac('sha256', secret).update(body).digest('hex')
  return equal(headers[SECRET_HEADER], secret) || equal(headers['x-signature'], signature)
}

function equal(given: string | readonly string[] | undefined, wanted: string): boolean {
  if (typeof given !== 'string') return false
  const [left, right] = [Buffer.from(given), Buffer.from(wanted)]
  return left.length === right.length && timingSafeEqual(left, right)
}

function several({ id }: FhirSystem): Failure {
  const sentence = `The FHIR server "${id}" has more than one subscription of ours on the same search: have one removed there.`
  return new Failure('business', 'several-subscriptions', sentence, { system: id })
}

function weakSecret({ id }: FhirSystem): Failure {
  return new Failure(
    'business',
    'weak-secret',
    `The subscription secret of "${id}" is too short: have a new one made.`,
    { system: id },
  )
}
