import { sql } from 'kysely'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { readChanges } from '../../../orchestrator/ledger/changes.ts'
import { findSystem, saveSystem } from '../../../orchestrator/ledger/system-records.ts'
import type { EnteredCredentials } from '../../../orchestrator/work/credential-forms.ts'
import { enterCredentials } from '../../../orchestrator/work/enter-credentials.ts'
import { readPlannedSystem, type PlannedSystem } from '../../../orchestrator/work/system-form.ts'
import { certify } from '../../connectors/fhir/certificates.ts'
import { openSystemsBench, type SystemsBench } from './systems-bench.ts'

const ada = { hospital: 'oost', account: 'ada' }
const NOT_RIGHT = 'geheim-dat-niet-klopt'

let systems: SystemsBench
let accounts: { portal: { user: string; password: string }; fhir: { token: string } }

beforeAll(async () => {
  systems = await openSystemsBench()
  accounts = await (await fetch(`${systems.at.control}/accounts`)).json()
})
afterAll(() => systems[Symbol.asyncDispose]())

const save = (system: PlannedSystem) => saveSystem(systems.bench.db, ada, readPlannedSystem('oost', system))

async function enter(system: string, value: EnteredCredentials['value']) {
  const entered = { part: 'sign-in', value, renewOn: '2027-01-31' } as EnteredCredentials & {
    renewOn: string
  }
  await enterCredentials({ db: systems.bench.db, secrets: systems.secrets }, ada, system, entered)
}

const portal = (): PlannedSystem => ({
  ...{ id: 'portal', kind: 'web', address: `${systems.at.portal}/postvak`, seats: 1 },
  settings: {
    signIn: {
      path: '/aanmelden',
      user: { label: 'Gebruikersnaam' },
      password: { label: 'Wachtwoord' },
      submit: { button: 'Aanmelden' },
      signedIn: { role: 'heading', name: 'Postvak verwijzingen' },
      refused: { text: 'Gebruikersnaam of wachtwoord is onjuist.' },
    },
  },
})

test('a web system is opened and signed in to; what is wrong is told in a sentence, and new credentials are really tried', async () => {
  await save(portal())
  expect(await systems.check('portal')).toMatchObject([{ code: 'secret-missing', right: false }])
  await enter('portal', { user: accounts.portal.user, password: NOT_RIGHT })
  const [refused] = await systems.check('portal')
  expect(refused).toMatchObject({ code: 'sign-in-refused', right: false })
  expect(refused?.sentence).toMatch(/check the credentials/)
  await enter('portal', { user: accounts.portal.user, password: accounts.portal.password })
  expect(await systems.check('portal')).toMatchObject([{ code: 'signed-in', right: true }])
  await enter('portal', { user: accounts.portal.user, password: NOT_RIGHT })
  expect((await systems.check('portal'))[0]?.right).toBe(false)
})

test('a FHIR system is asked what it is', async () => {
  await save({ id: 'fhir', kind: 'fhir', address: systems.at.fhir, seats: 1, settings: {} })
  await enter('fhir', { way: 'bearer', token: accounts.fhir.token })
  expect((await systems.check('fhir')).map(({ code, right }) => [code, right])).toEqual([
    ['reachable', true],
    ['version', true],
  ])
  await save({ id: 'fhir', kind: 'fhir', address: systems.at.fhir, seats: 1, settings: { version: 'STU3' } })
  expect((await systems.check('fhir')).at(-1)).toMatchObject({ code: 'version', right: false })
})

const PARTIES = { receiver: { application: 'RIS' }, sender: { application: 'ONTREGEL' } }
const ris = (change: Partial<PlannedSystem> = {}): PlannedSystem => ({
  ...{ id: 'ris', kind: 'hl7', address: systems.at.hl7, seats: 1, settings: PARTIES },
  ...change,
})

test('a system that takes HL7 messages is connected to, and nothing is sent', async () => {
  await save(ris())
  expect(await systems.check('ris')).toMatchObject([{ code: 'connected', right: true }])
  await save(ris({ address: 'mllp://127.0.0.1:1' }))
  expect(await systems.check('ris')).toMatchObject([{ code: 'hl7-unreachable', right: false }])
  const told = await (await fetch(`${systems.at.control}/witness?kind=message-taken`)).json()
  expect(told).toEqual([])
})

test('a system that takes HL7 messages has one secret, the key of our certificate; it goes when the address changes', async () => {
  const certificate = { ...PARTIES, tls: { certificate: certify('robot').certificate } }
  const own = (address: string) => ris({ id: 'own', address, settings: certificate })
  await save(own('mllps://ris.oost.example:2576'))
  await expect(enter('own', { user: 'rob', password: 'x' })).rejects.toThrow(
    /takes the key of our certificate/,
  )
  const value = { key: certify('robot').key }
  const entered = { part: 'certificate-key', value, renewOn: null } as const
  await enterCredentials({ db: systems.bench.db, secrets: systems.secrets }, ada, 'own', entered)
  const names = async () =>
    (await findSystem(systems.bench.db, 'oost', 'own')).credentials.map(({ name }) => name)
  expect(await names()).toEqual(['system/own/certificate-key'])
  expect(await save(own('mllps://ris.oost.example:2577'))).toEqual({ credentialsRemoved: true })
  expect(await names()).toEqual([])
})

test('a system whose seats are all taken is not opened beside them', async () => {
  await save({ ...portal(), id: 'busy' })
  await sql`UPDATE seat SET worker = gen_random_uuid(), lease_until = clock_timestamp() + interval '1 hour'
    WHERE system = 'busy'`.execute(systems.bench.db)
  expect(await systems.check('busy', 61)).toMatchObject([{ code: 'no-seat', right: false }])
  await sql`UPDATE seat SET lease_until = clock_timestamp() WHERE system = 'busy'`.execute(systems.bench.db)
  expect(await systems.check('busy', 61)).toMatchObject([{ code: 'secret-missing' }])
})

test('credentials go in and never come out: not with the system, not in its changes', async () => {
  await save({ ...portal(), id: 'secretive' })
  await enter('secretive', { user: 'rob', password: NOT_RIGHT, totpSecret: 'JBSWY3DPEHPK3PXP' })
  const system = await findSystem(systems.bench.db, 'oost', 'secretive')
  expect(system.credentials).toMatchObject([
    { name: 'system/secretive', enteredBy: 'ada', renewOn: '2027-01-31' },
  ])
  const changes = await readChanges(systems.bench.db, { hospital: 'oost', subject: 'secretive', limit: 10 })
  expect(changes.map(({ what }) => what)).toEqual(['credentials', 'system'])
  const told = JSON.stringify([system, changes])
  for (const secret of [NOT_RIGHT, 'JBSWY3DPEHPK3PXP']) expect(told).not.toContain(secret)
  await expect(enter('secretive', { way: 'bearer', token: 't' })).rejects.toThrow(
    /takes a user and a password/,
  )
})

test('an address on another host throws the credentials away; one on the same host keeps them', async () => {
  await save({ ...portal(), id: 'moving' })
  await enter('moving', { user: 'rob', password: 'x' })
  expect(await save({ ...portal(), id: 'moving', address: `${systems.at.portal}/elders` })).toEqual({
    credentialsRemoved: false,
  })
  expect(await save({ ...portal(), id: 'moving', address: 'https://evil.example/' })).toEqual({
    credentialsRemoved: true,
  })
  expect((await findSystem(systems.bench.db, 'oost', 'moving')).credentials).toEqual([])
  await save({ ...portal(), id: 'moving' })
  await enter('moving', { user: 'rob', password: 'x' })
  const { settings } = portal()
  const elsewhere = { ...settings, signIn: { ...Object(settings['signIn']), at: 'https://evil.example' } }
  expect(await save({ ...portal(), id: 'moving', settings: elsewhere })).toEqual({ credentialsRemoved: true })
})

test.each([
  ['ftp://epd.example/', {}, /Field address/],
  ['https://rob:x@epd.example/', {}, /leave user name and password out/],
  ['http://169.254.169.254/latest/meta-data', {}, /no system is there/],
  ['http://[fe80::1]/', {}, /no system is there/],
  ['http://0.0.0.0:5432/', {}, /no system is there/],
  ['http://2852039166/', {}, /no system is there/],
  ['https://epd.example/', { allowedHosts: ['*.example'] }, /allowedHosts/],
  ['https://epd.example/', { password: 'x' }, /Field password of system new: is not a setting/],
  ['https://epd.example/', signInAt('//evil.example/x'), /signIn.path/],
  ['https://epd.example/', signInAt('/\\evil.example/x'), /signIn.path/],
  [
    'https://epd.example/',
    { signIn: { ...signInAt('/x').signIn, at: 'http://169.254.169.254/' } },
    /no system is there/,
  ],
])('%s with %j is refused with its field', (address, settings, expected) => {
  const system = { id: 'new', kind: 'web' as const, address, seats: 1, settings }
  expect(() => readPlannedSystem('oost', system)).toThrow(expected)
})

function signInAt(path: string) {
  const label = { label: 'Naam' }
  const form = { user: label, password: label, submit: { button: 'In' }, signedIn: { text: 'Welkom' } }
  return { signIn: { ...form, path } }
}

test.each([
  ['https://ris.example:2575', PARTIES, /Field address: write mllp/],
  ['mllp://ris.example', PARTIES, /Field address: write mllp/],
  ['mllp://169.254.169.254:80', PARTIES, /no system is there/],
  ['mllp://[::]:2575', PARTIES, /no system is there/],
  ['mllp://ris.example:2575', {}, /Field receiver of system new: write the name/],
  ['mllp://ris.example:2575', { ...PARTIES, sender: { application: 'A|B' } }, /Field sender.application/],
  [
    'mllp://ris.example:2575',
    { ...PARTIES, tls: { serverName: 'ris' } },
    /Field tls of system new: leave it empty/,
  ],
  [
    'mllps://ris.example:2575',
    { ...PARTIES, tls: { key: 'x' } },
    /Field tls.key of system new: is not a setting/,
  ],
  ['mllp://ris.example:2575', { ...PARTIES, limits: { answerMs: 1 } }, /Field limits.answerMs .* write 100/],
])('HL7 at %s with %j is refused with its field', (address, settings, expected) => {
  const system = { id: 'new', kind: 'hl7' as const, address, seats: 1, settings }
  expect(() => readPlannedSystem('oost', system)).toThrow(expected)
})
