import { generateKeyPairSync, verify, type KeyObject } from 'node:crypto'
import { expect, test } from 'vitest'
import { z } from 'zod'
import { openSignIn, type SignInSettings } from '../../../connectors/fhir/sign-in.ts'
import { failureOf, fhir, openTestSystem, PATIENT, startServer, type Heard } from './small-server.ts'

const ec = generateKeyPairSync('ec', { namedCurve: 'P-384' })
const rsa = generateKeyPairSync('rsa', { modulusLength: 2048 })
const pem = (key: KeyObject) => String(key.export({ type: 'pkcs8', format: 'pem' }))
const NOW = Date.parse('2026-11-21T10:00:00Z')
type BackendServices = Extract<SignInSettings, { way: 'backend-services' }>

const Claims = z.object({
  iss: z.string(),
  sub: z.string(),
  aud: z.string(),
  exp: z.number(),
  jti: z.string(),
})

function settings(origin: string, more: Partial<BackendServices> = {}): BackendServices {
  const signing = { algorithm: 'ES384', keyId: 'k1', key: pem(ec.privateKey) } as const
  return {
    way: 'backend-services',
    tokenAddress: `${origin}/token`,
    clientId: 'ontregel',
    scope: 'system/*.read',
    signing,
    ...more,
  }
}

/** What a token endpoint does: checks the signature with the registered public key before it believes anything. */
function readAssertion({ body }: Heard, key: KeyObject) {
  const form = new URLSearchParams(body)
  const [head = '', claims = '', signature = ''] = (form.get('client_assertion') ?? '').split('.')
  const options = { key, dsaEncoding: 'ieee-p1363' as const }
  const signed = verify(
    'sha384',
    Buffer.from(`${head}.${claims}`),
    options,
    Buffer.from(signature, 'base64url'),
  )
  const decode = (part: string): unknown => JSON.parse(Buffer.from(part, 'base64url').toString('utf8'))
  return { form, signed, head: decode(head), claims: Claims.parse(decode(claims)) }
}

const granted = (count: number, more: object = {}) => ({
  access_token: `t${count}`,
  token_type: 'Bearer',
  expires_in: 300,
  ...more,
})

test.each([
  ['ES384', ec],
  ['RS384', rsa],
] as const)('proves who we are with %s, as PEM and as JWK', async (algorithm, { privateKey, publicKey }) => {
  await using server = await startServer((_heard, response, count) => fhir(response, 200, granted(count)))
  const jwk = z.record(z.string(), z.string()).parse(privateKey.export({ format: 'jwk' }))
  for (const key of [pem(privateKey), jwk]) {
    const signing = { algorithm, keyId: 'k1', key }
    const access = openSignIn(settings(server.origin, { signing }), {
      system: 'epd',
      now: () => NOW,
      newId: () => `id-${server.heard.length}`,
    })
    expect(await access.authorization()).toBe(`Bearer t${server.heard.length}`)
    access.close()
  }
  const [first, second] = server.heard.map((heard) => readAssertion(heard, publicKey))
  expect(first).toMatchObject({
    signed: true,
    head: { alg: algorithm, kid: 'k1', typ: 'JWT' },
    claims: { iss: 'ontregel', sub: 'ontregel', aud: `${server.origin}/token`, exp: NOW / 1000 + 240 },
  })
  expect(second?.signed).toBe(true)
  expect(second?.claims.jti).not.toBe(first?.claims.jti)
  expect(Object.fromEntries(first?.form ?? [])).toMatchObject({
    grant_type: 'client_credentials',
    scope: 'system/*.read',
    client_assertion_type: 'urn:ietf:params:oauth:client-assertion-type:jwt-bearer',
  })
})

test('twin: the test’s token endpoint does not believe another key', async () => {
  await using server = await startServer((_heard, response, count) => fhir(response, 200, granted(count)))
  const access = openSignIn(settings(server.origin), { system: 'epd', now: () => NOW })
  await access.authorization()
  const other = generateKeyPairSync('ec', { namedCurve: 'P-384' })
  expect(server.heard.map((heard) => readAssertion(heard, other.publicKey).signed)).toEqual([false])
})

test('a token is kept, renewed before it ends, and by one request for everybody', async () => {
  await using server = await startServer((_heard, response, count) => fhir(response, 200, granted(count)))
  const clock = { now: NOW }
  const access = openSignIn(settings(server.origin), { system: 'epd', now: () => clock.now })
  const many = () => Promise.all(Array.from({ length: 8 }, () => access.authorization()))
  expect(new Set(await many())).toEqual(new Set(['Bearer t1']))
  clock.now += 239_000
  expect(await access.authorization()).toBe('Bearer t1')
  clock.now += 1_000
  expect(new Set(await many())).toEqual(new Set(['Bearer t2']))
  expect(server.heard).toHaveLength(2)
})

test('a token that the FHIR server refuses is renewed, by one request for everybody', async () => {
  await using server = await startServer(({ url, headers }, response) => {
    const tokens = server.heard.filter((heard) => heard.url === '/token').length
    if (url === '/token') return fhir(response, 200, granted(tokens))
    if (headers.authorization === 'Bearer t1') return void response.writeHead(401).end()
    fhir(response, 200, PATIENT)
  })
  const access = openSignIn(settings(server.origin), { system: 'epd', now: () => NOW })
  using given = openTestSystem(server, {}, { access })
  await Promise.all([
    given.system.read('Patient', 'p1'),
    given.system.read('Patient', 'p1'),
    given.system.read('Patient', 'p1'),
  ])
  expect(server.heard.filter(({ url }) => url === '/token')).toHaveLength(2)
})

test.each([
  [
    400,
    { error: 'invalid_client', error_description: 'geheim' },
    'unexpected',
    'sign-in-refused',
    'register the public key',
  ],
  [400, { error: 'iets met geheim' }, 'unexpected', 'sign-in-refused', 'answered 400'],
  [200, { error: 'invalid_scope' }, 'unexpected', 'sign-in-refused', 'scope'],
  [200, granted(1, { token_type: 'mac' }), 'unexpected', 'sign-in-refused', 'answered 200'],
  [200, granted(1, { access_token: 'a b\r\nx: y' }), 'unexpected', 'sign-in-refused', 'answered 200'],
  [503, {}, 'transient', 'sign-in-unavailable', 'not available'],
  [429, {}, 'transient', 'sign-in-unavailable', 'not available'],
])('a token endpoint that answers %i %j', async (status, body, kind, code, sentence) => {
  await using server = await startServer((_heard, response) => fhir(response, status, body))
  const access = openSignIn(settings(server.origin), { system: 'epd', now: () => NOW })
  const failure = await failureOf(access.authorization())
  expect(failure).toMatchObject({ kind, code, system: 'epd' })
  expect(failure.message).toContain(sentence)
  expect(failure.message).not.toContain('geheim')
})

test('trouble with the token leaves a write undone, not unsure, and is tried anew the next time', async () => {
  await using server = await startServer(({ url }, response, count) => {
    if (url !== '/token') return void response.writeHead(201, { location: 'Patient/p9' }).end()
    if (count === 1) return void response.socket?.resetAndDestroy()
    fhir(response, 200, granted(count))
  })
  const access = openSignIn(settings(server.origin), { system: 'epd', now: () => NOW })
  using given = openTestSystem(server, {}, { access })
  expect(await failureOf(given.system.create(PATIENT))).toMatchObject({
    kind: 'transient',
    code: 'connection-lost',
  })
  expect(await given.system.create(PATIENT)).toMatchObject({ id: 'p9' })
})

test('keys that do not fit their algorithm, or are none, are refused with a sentence', async () => {
  const weak = generateKeyPairSync('rsa', { modulusLength: 1024 })
  for (const signing of [
    { algorithm: 'ES384', key: pem(rsa.privateKey) },
    { algorithm: 'RS384', key: pem(weak.privateKey) },
    { algorithm: 'ES384', key: 'geen sleutel' },
  ] as const) {
    const access = openSignIn(settings('https://127.0.0.1:1', { signing: { keyId: 'k1', ...signing } }), {
      system: 'epd',
    })
    expect(await failureOf(access.authorization())).toMatchObject({ kind: 'unexpected', code: 'signing-key' })
  }
})

test('a token address in the clear is refused', () => {
  expect(() => openSignIn(settings('http://sso.example'), { system: 'epd' })).toThrow('unencrypted')
})

test('basic, bearer and none', async () => {
  const options = { system: 'epd' }
  const basic = openSignIn({ way: 'basic', user: 'robot', password: 'gehéim:1' }, options)
  expect(await basic.authorization()).toBe(`Basic ${Buffer.from('robot:gehéim:1').toString('base64')}`)
  expect(await openSignIn({ way: 'bearer', token: 'abc.def' }, options).authorization()).toBe(
    'Bearer abc.def',
  )
  expect(await openSignIn({ way: 'none' }, options).authorization()).toBe('')
  expect(() => openSignIn({ way: 'bearer', token: 'a\r\nx: y' }, options)).toThrow('token')
  expect(() => openSignIn({ way: 'basic', user: 'a:b', password: 'c' }, options)).toThrow('colon')
})
