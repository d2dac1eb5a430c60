import { generateKeyPairSync, randomBytes, verify } from 'node:crypto'
import { expect, test } from 'vitest'
import { z } from 'zod'
import { silentLog } from '../../../connectors/log.ts'
import { NO_PRESS } from '../../../connectors/press-guard.ts'
import { putSystem } from '../../../orchestrator/ledger/setup.ts'
import { secretBox } from '../../../orchestrator/secrets/secret-box.ts'
import { putSecret } from '../../../orchestrator/secrets/secrets.ts'
import {
  fhirSecretNames,
  FhirSettings,
  neededFhirSecrets,
} from '../../../orchestrator/work/fhir-system-settings.ts'
import { openingSystems } from '../../../orchestrator/work/opening-systems.ts'
import { certify } from '../../connectors/fhir/certificates.ts'
import { startProxy } from '../../connectors/fhir/proxy.ts'
import { failureOf, fhir, PATIENT, startServer, type Handler } from '../../connectors/fhir/small-server.ts'
import { openBench } from './bench.ts'

const SECRETS = fhirSecretNames('epd')
const authority = certify('authority')
const theirs = certify('server', authority)
const ours = certify('robot', authority)
const signing = generateKeyPairSync('ec', { namedCurve: 'P-384' })
const signingKey = String(signing.privateKey.export({ type: 'pkcs8', format: 'pem' }))
const MUTUAL = {
  key: theirs.key,
  cert: theirs.certificate,
  ca: authority.certificate,
  requestCert: true,
  rejectUnauthorized: true,
}
const NETWORK = { authorities: authority.certificate, certificate: ours.certificate }
const CERTIFICATE_KEY = { [SECRETS.certificateKey]: { key: ours.key } }
const backendServices = (origin: string) => ({
  way: 'backend-services',
  tokenAddress: `${origin}/token`,
  clientId: 'ontregel',
  scope: 'system/Patient.read',
  algorithm: 'ES384',
  keyId: 'k1',
})
const SIGNING_SECRET = { [SECRETS.signIn]: { way: 'backend-services', key: signingKey } }

interface Entered {
  readonly address: string
  readonly settings: object
  readonly secrets?: Readonly<Record<string, unknown>>
}

/** A ledger in which a FHIR system stands as an administrator entered it, and the way to open it as items do. */
async function openEntered({ address, settings, secrets = {} }: Entered) {
  const bench = await openBench()
  const box = secretBox(randomBytes(32))
  const enter = async (name: string, value: unknown) => {
    const text = typeof value === 'string' ? value : JSON.stringify(value)
    await putSecret(bench.db, box, { hospital: 'oost', name, value: text })
  }
  const json = z.json().parse(settings)
  await putSystem(bench.db, { hospital: 'oost', id: 'epd', kind: 'fhir', address, seats: 1, settings: json })
  for (const [name, value] of Object.entries(secrets)) await enter(name, value)
  const opener = openingSystems({
    db: bench.db,
    secrets: box,
    log: silentLog,
    chromium: undefined,
    environment: {},
  })
  return {
    enter,
    async read() {
      const row = await bench.db.selectFrom('system').selectAll().executeTakeFirstOrThrow()
      const holder = { attempt: 1, signal: new AbortController().signal, guard: NO_PRESS }
      const { system } = await opener.open(row, holder)
      if (system.kind !== 'fhir') throw new Error('It is no FHIR system.')
      return { version: system.version, resource: await system.read('Patient', 'p1') }
    },
    async [Symbol.asyncDispose]() {
      await opener.close()
      await bench[Symbol.asyncDispose]()
    },
  }
}

/** Gives a token for a proof that the registered key signed, and the patient for that token. */
const guarded: Handler = ({ url, headers, body }, response, count) => {
  if (url === '/token')
    return isProven(body)
      ? fhir(response, 200, { access_token: `t${count}`, token_type: 'bearer', expires_in: 300 })
      : fhir(response, 400, { error: 'invalid_client' })
  if (!/^Bearer t\d+$/.test(headers.authorization ?? '')) return void response.writeHead(401).end()
  fhir(response, 200, PATIENT)
}

function isProven(body: string): boolean {
  const [head = '', claims = '', signature = ''] = (
    new URLSearchParams(body).get('client_assertion') ?? ''
  ).split('.')
  const key = { key: signing.publicKey, dsaEncoding: 'ieee-p1363' as const }
  return verify('sha384', Buffer.from(`${head}.${claims}`), key, Buffer.from(signature, 'base64url'))
}

test('backend services over mutual TLS, our own authority and a proxy that wants an account', async () => {
  await using server = await startServer(guarded, MUTUAL)
  await using proxy = await startProxy('tunnel')
  await using entered = await openEntered({
    address: server.base,
    settings: {
      version: 'STU3',
      signIn: backendServices(server.origin),
      network: { ...NETWORK, proxy: proxy.address, proxySignsIn: true },
    },
    secrets: {
      ...SIGNING_SECRET,
      ...CERTIFICATE_KEY,
      [SECRETS.proxy]: { user: 'robot', password: 'p:w@d' },
    },
  })
  expect(await entered.read()).toMatchObject({ version: 'STU3', resource: { id: 'p1' } })
  expect(await entered.read()).toMatchObject({ resource: { id: 'p1' } })
  expect(server.heard.filter(({ url }) => url === '/token')).toHaveLength(1)
  const tunnel = `CONNECT ${new URL(server.origin).host} robot:p:w@d`
  expect(new Set(proxy.asked)).toEqual(new Set([tunnel]))
})

test('twin: the server gives a stranger’s key no token, and lets nobody in without a certificate', async () => {
  const stranger = generateKeyPairSync('ec', { namedCurve: 'P-384' }).privateKey
  const key = String(stranger.export({ type: 'pkcs8', format: 'pem' }))
  await using server = await startServer(guarded, MUTUAL)
  const settings = { signIn: backendServices(server.origin), network: NETWORK }
  const secrets = { [SECRETS.signIn]: { way: 'backend-services', key }, ...CERTIFICATE_KEY }
  await using entered = await openEntered({ address: server.base, settings, secrets })
  expect(await failureOf(entered.read())).toMatchObject({ code: 'sign-in-refused' })
  const bare = { ...settings, network: { authorities: authority.certificate } }
  await using naked = await openEntered({ address: server.base, settings: bare, secrets: SIGNING_SECRET })
  expect((await failureOf(naked.read())).code).toBe('certificate-refused')
  expect(server.heard).toHaveLength(1)
})

test('a secret that is entered anew is used at once, and one that was missing is asked for by name', async () => {
  await using server = await startServer(({ headers }, response) =>
    headers.authorization === 'Bearer new'
      ? fhir(response, 200, PATIENT)
      : void response.writeHead(401).end(),
  )
  await using entered = await openEntered({ address: server.base, settings: { signIn: { way: 'bearer' } } })
  expect((await failureOf(entered.read())).message).toContain(`"${SECRETS.signIn}"`)
  await entered.enter(SECRETS.signIn, { way: 'bearer', token: 'old' })
  expect(await failureOf(entered.read())).toMatchObject({ code: 'sign-in-refused' })
  await entered.enter(SECRETS.signIn, { way: 'bearer', token: 'new' })
  expect(await entered.read()).toMatchObject({ version: 'R4' })
})

const CLOSED = 'https://127.0.0.1:1/fhir'
const BACKEND = backendServices('https://127.0.0.1:1')

test.each([
  ['a version', { version: 'R5' }, {}, 'Field version of system epd: write R4 or STU3.'],
  ['a misspelt setting', { adress: 'x' }, {}, 'Field adress of system epd: is not a setting'],
  ['a way', { signIn: { way: 'saml' } }, {}, 'Field signIn.way of system epd: write one of none, bearer'],
  [
    'an empty field',
    { signIn: { ...BACKEND, keyId: '' } },
    {},
    'Field signIn.keyId of system epd: fill in the id',
  ],
  [
    'a key among the settings',
    { signIn: { ...BACKEND, key: signingKey } },
    {},
    'Field signIn.key of system epd: is not a setting',
  ],
  [
    'an account in the proxy',
    { network: { proxy: 'http://robot:pw@proxy:8080' } },
    {},
    'Field network.proxy of system epd: must be',
  ],
  [
    'a proxy account without a proxy',
    { network: { proxySignsIn: true } },
    {},
    'Field network.proxy of system epd: must be filled in',
  ],
  [
    'no certificate',
    { network: { authorities: 'geheim' } },
    {},
    'Field network.authorities of system epd: must be certificates',
  ],
  [
    'another key',
    { network: NETWORK },
    { [SECRETS.certificateKey]: { key: theirs.key } },
    'is not the key of the certificate',
  ],
  [
    'no key',
    { network: NETWORK },
    { [SECRETS.certificateKey]: { key: 'geheim' } },
    'is not the key of the certificate',
  ],
  [
    'another way',
    { signIn: BACKEND },
    { [SECRETS.signIn]: { way: 'bearer', token: 'geheim' } },
    'Field signIn.way of system',
  ],
  [
    'a key without its settings',
    {},
    { [SECRETS.signIn]: { way: 'backend-services', key: 'geheim' } },
    'fill in way backend-services',
  ],
  [
    'a secret without a field',
    {},
    { [SECRETS.signIn]: { way: 'basic', user: 'geheim' } },
    'lack field password',
  ],
  ['a secret that is no JSON', {}, { [SECRETS.signIn]: 'geheim {' }, 'lack field way'],
  [
    'a token address in the clear',
    { signIn: { ...BACKEND, tokenAddress: 'http://sso.example' } },
    SIGNING_SECRET,
    'tokenAddress would send',
  ],
])(
  '%s is refused with the field and what to do, and no secret in it',
  async (_what, settings, secrets, sentence) => {
    await using entered = await openEntered({ address: CLOSED, settings, secrets })
    const failure = await failureOf(entered.read())
    expect(failure.message).toContain(sentence)
    expect(failure.kind).toBe('business')
    expect(failure.message).not.toMatch(/geheim|pw@|BEGIN P/)
  },
)

test('which secrets have to be entered follows from the settings', () => {
  const needed = (settings: object) => neededFhirSecrets('epd', FhirSettings.parse(settings))
  expect(needed({})).toEqual([SECRETS.signIn])
  expect(needed({ signIn: { way: 'none' } })).toEqual([])
  const network = { ...NETWORK, proxy: 'http://proxy.example:8080', proxySignsIn: true }
  expect(needed({ network })).toEqual([SECRETS.signIn, SECRETS.certificateKey, SECRETS.proxy])
})
