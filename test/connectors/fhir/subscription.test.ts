import { createHmac } from 'node:crypto'
import { expect, test } from 'vitest'
import { isGenuine, keepSubscription } from '../../../connectors/fhir/subscription.ts'
import { failureOf, fhir, openTestSystem, searchset, startServer } from './small-server.ts'

const NOW = Date.parse('2026-11-21T10:00:00Z')
const DAY = 86_400_000
const WISH = {
  criteria: 'Appointment?status=booked',
  endpoint: 'https://ontregel.example/hook/1',
  secret: 's'.repeat(32),
}

/** A server that holds one Subscription and takes what is written. */
function startHolder(extra: readonly object[] = []) {
  const held: { now: object | undefined } = { now: undefined }
  return startServer(({ url, method, body }, response) => {
    if (url.endsWith('_search'))
      return fhir(response, 200, searchset([...(held.now ? [held.now] : []), ...extra]))
    held.now = { status: 'active', ...JSON.parse(body), id: 's1', meta: { versionId: '1' } }
    response.writeHead(method === 'PUT' ? 200 : 201, { location: 'Subscription/s1/_history/1' }).end()
  })
}

test('a subscription is made once, kept, renewed in its last week and when its secret changed', async () => {
  await using server = await startHolder()
  using given = openTestSystem(server)
  const keep = (days: number, wish = WISH) => keepSubscription(given.system, wish, NOW + days * DAY)
  expect(await keep(0)).toMatchObject({ status: 'created' })
  expect(await keep(6.9)).toBeUndefined()
  expect(await keep(7)).toMatchObject({ status: 'updated' })
  expect(await keep(8)).toBeUndefined()
  expect(await keep(8, { ...WISH, secret: 't'.repeat(32) })).toMatchObject({ status: 'updated' })
  const writes = server.heard.filter(({ url }) => !url.endsWith('_search'))
  expect(JSON.parse(writes[0]?.body ?? '')).toMatchObject({
    status: 'requested',
    criteria: WISH.criteria,
    end: '2026-12-05T10:00:00.000Z',
    channel: { type: 'rest-hook', endpoint: WISH.endpoint, header: [`x-ontregel-secret: ${WISH.secret}`] },
  })
  expect(writes[1]?.headers['if-match']).toBe('W/"1"')
})

test('two of ours are for a person, one of somebody else is left alone, a weak secret is refused', async () => {
  const other = {
    resourceType: 'Subscription',
    id: 's9',
    criteria: 'Task?',
    channel: { type: 'rest-hook', endpoint: WISH.endpoint },
  }
  const same = { ...other, id: 's7', criteria: WISH.criteria }
  await using server = await startHolder([other, same, { ...same, id: 's8' }])
  using given = openTestSystem(server)
  expect(await failureOf(keepSubscription(given.system, WISH, NOW))).toMatchObject({
    code: 'several-subscriptions',
  })
  await using alone = await startHolder([other])
  using free = openTestSystem(alone)
  expect(await keepSubscription(free.system, WISH, NOW)).toMatchObject({ status: 'created' })
  expect(await failureOf(keepSubscription(free.system, { ...WISH, secret: 'kort' }, NOW))).toMatchObject({
    code: 'weak-secret',
  })
})

test('a notification is believed by our header or by its signature, and by nothing else', () => {
  const body = Buffer.from('{}')
  const signature = createHmac('sha256', WISH.secret).update(body).digest('hex')
  expect(isGenuine({ 'x-ontregel-secret': WISH.secret }, body, WISH.secret)).toBe(true)
  expect(isGenuine({ 'x-signature': signature }, body, WISH.secret)).toBe(true)
  expect(isGenuine({ 'x-signature': signature }, Buffer.from('{ }'), WISH.secret)).toBe(false)
  expect(isGenuine({ 'x-ontregel-secret': 't'.repeat(32) }, body, WISH.secret)).toBe(false)
  expect(isGenuine({ 'x-ontregel-secret': [WISH.secret] }, body, WISH.secret)).toBe(false)
  expect(isGenuine({}, body, WISH.secret)).toBe(false)
})
