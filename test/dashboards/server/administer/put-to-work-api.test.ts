import { afterAll, beforeAll, expect, test, vi } from 'vitest'
import { Catalogue, BotForms } from '../../../../dashboards/server/administer/catalogue-schemas.ts'
import { Changes, Undone } from '../../../../dashboards/server/administer/change-schemas.ts'
import {
  DeploymentDetails,
  Deployments,
} from '../../../../dashboards/server/administer/deployment-schemas.ts'
import {
  DraftSaved,
  FoundDraft,
  PutToWorkAnswer,
  Responsible,
  Trial,
  TrialRevealed,
} from '../../../../dashboards/server/administer/draft-schemas.ts'
import { SystemCheck, Systems } from '../../../../dashboards/server/administer/system-schemas.ts'
import { Done } from '../../../../dashboards/server/door/account-schemas.ts'
import { plannedDeaths } from '../../../practice-hospital/fhir/deaths.ts'
import { openTestServer, type TestServer } from '../open-server.ts'
import type { TestClient } from '../test-client.ts'
import { openServerPractice, type ServerPractice } from './open-practice.ts'

const HERE = '/api/hospitals/noord'
const ID = 'noord-deceased-appointments'

let server: TestServer
let practice: ServerPractice
let ada: TestClient
let bob: TestClient

beforeAll(async () => {
  server = await openTestServer()
  practice = await openServerPractice(server)
  ada = await server.as('administrator', 'noord')
  bob = await server.as(['administrator', 'auditor'], 'noord')
})
afterAll(async () => {
  await practice[Symbol.asyncDispose]()
  await server[Symbol.asyncDispose]()
})

const put = <T>(who: TestClient, path: string, body: T) =>
  who.ask(Done.loose(), `${HERE}${path}`, { method: 'PUT', body })
const errorOf = async (response: Response) => ({
  status: response.status,
  ...((await response.json()) as object),
})

const plan = (change = {}) => ({
  bot: 'deceased-appointments',
  settings: { patientNumberAuthority: 'ZIS', patientNumberSystem: 'urn:practice:zis' },
  systems: { fhir: 'fhir' },
  triggers: [{ kind: 'hl7', id: `${ID}-adt`, messageTypes: ['ADT^A08'], conditions: [] }],
  baselines: [],
  responsible: 'administrator.noord',
  outsideSeconds: 300,
  parkedShare: 0,
  ...change,
})

test('the catalogue says what each robot does, needs and may change; the forms come from its schema', async () => {
  const catalogue = await ada.ask(Catalogue, `${HERE}/bots`)
  const deceased = catalogue.find(({ name }) => name === 'deceased-appointments')
  expect(deceased).toMatchObject({
    starts: ['hl7'],
    acts: [{ name: 'cancel appointment', verifiable: true }],
    systems: [{ role: 'fhir', kind: 'fhir', rights: { nl: expect.stringContaining('lezen') } }],
    givenHere: null,
    givenElsewhere: null,
  })
  const { settings } = await ada.ask(BotForms, `${HERE}/bots/insurance-check/forms`)
  expect(settings).toMatchObject({
    required: ['insurers', 'appointmentSystem'],
    properties: { workingDays: { type: 'integer', default: 10, title: 'Werkdagen vooruit' } },
  })
  expect((await ada.fetch(`${HERE}/bots/gone/forms`)).status).toBe(404)
})

test('a system is filled in, its credentials are sealed, and it is really tried', async () => {
  await put(ada, '/systems/fhir', { kind: 'fhir', address: practice.at.fhir, seats: 2, settings: {} })
  const entered = { part: 'sign-in', value: { way: 'bearer', token: practice.fhirToken } }
  await put(ada, '/systems/fhir/credentials', { entered, renewOn: '2027-01-31' })
  await ada.ask(Done, `${HERE}/systems/fhir/check`, { method: 'POST', body: {} })
  const check = await vi.waitFor(
    async () => {
      const newest = await ada.ask(SystemCheck, `${HERE}/systems/fhir/check`)
      expect(newest?.finishedAt).not.toBeNull()
      return newest
    },
    { timeout: 20_000, interval: 100 },
  )
  expect(check?.findings?.every(({ right }) => right)).toBe(true)
  const text = await (await ada.fetch(`${HERE}/systems`)).text()
  expect(text).not.toContain(practice.fhirToken)
  expect(Systems.parse(JSON.parse(text)).systems).toMatchObject([
    {
      id: 'fhir',
      credentials: [
        { part: 'sign-in', entered: true, enteredBy: 'administrator.noord', renewOn: '2027-01-31' },
      ],
    },
  ])
  const wrong = { kind: 'fhir', address: 'http://169.254.169.254/', seats: 1, settings: {} }
  expect(
    await errorOf(await ada.fetch(`${HERE}/systems/cloud`, { method: 'PUT', body: wrong })),
  ).toMatchObject({
    status: 400,
    error: { code: 'address-invalid', field: 'address' },
  })
})

test('a system that takes HL7 messages is filled in; what is wrong with it is told by its field', async () => {
  const settings = { receiver: { application: 'RIS' }, sender: { application: 'ONTREGEL' } }
  const ris = { kind: 'hl7', address: practice.at.hl7, seats: 1, settings }
  await put(ada, '/systems/ris', ris)
  const { systems } = await ada.ask(Systems, `${HERE}/systems`)
  expect(systems.find(({ id }) => id === 'ris')).toMatchObject({ ...ris, credentials: [] })
  const wrong = async (change: object) => {
    const answer = await ada.fetch(`${HERE}/systems/ris`, { method: 'PUT', body: { ...ris, ...change } })
    return await errorOf(answer)
  }
  expect(await wrong({ address: 'https://ris.example' })).toMatchObject({ error: { field: 'address' } })
  expect(await wrong({ settings: { ...settings, receiver: {} } })).toMatchObject({
    status: 400,
    error: { code: 'system-settings', field: 'receiver.application' },
  })
})

test('a draft is kept with what is not right yet, and is nobody else’s', async () => {
  const body = { plan: plan({ settings: {}, responsible: 'nobody-here' }) }
  const { problems } = await ada.ask(DraftSaved, `${HERE}/drafts/${ID}`, { method: 'PUT', body })
  expect(problems.map(({ field }) => field)).toEqual([
    'settings.patientNumberAuthority',
    'settings.patientNumberSystem',
    'responsible',
  ])
  expect(await ada.ask(FoundDraft, `${HERE}/drafts/${ID}`)).toMatchObject({
    mode: null,
    askedBy: null,
    problems,
  })
  const refused = await ada.fetch(`${HERE}/drafts/${ID}/put-to-work`, {
    method: 'POST',
    body: { mode: 'shadow' },
  })
  expect(await errorOf(refused)).toMatchObject({
    status: 400,
    error: { field: 'settings.patientNumberAuthority' },
  })
  const people = await ada.ask(Responsible, `${HERE}/responsible`)
  expect(people.map(({ account }) => account)).toContain('administrator.noord')
  const elsewhere = await server.as('administrator', 'zuid')
  expect(await elsewhere.ask(FoundDraft, `/api/hospitals/zuid/drafts/${ID}`)).toBeNull()
})

test('it is tried on one item in shadow; what would be pressed is masked until it is revealed, which is written down', async () => {
  await ada.ask(DraftSaved, `${HERE}/drafts/${ID}`, { method: 'PUT', body: { plan: plan() } })
  const death = plannedDeaths(practice.hospital).find(({ kind }) => kind === 'plain')
  if (!death) throw new Error('The practice hospital has a death.')
  const patient = practice.hospital.patients.all().find(({ zis }) => zis === death.zis)
  const item = { hospitalNumber: death.zis, birthDate: patient?.birthDate, familyName: patient?.family }
  await ada.ask(Done, `${HERE}/drafts/${ID}/try`, { method: 'POST', body: { item } })
  const trial = await vi.waitFor(
    async () => {
      const now = await ada.ask(Trial, `${HERE}/drafts/${ID}/trial`)
      expect(['done', 'parked']).toContain(now?.item?.state)
      return now
    },
    { timeout: 20_000, interval: 100 },
  )
  expect(trial?.item).toMatchObject({ state: 'done', variant: 'cancelled' })
  expect(trial?.item?.steps[0]?.title).toEqual({ nl: 'De patiënt opzoeken', en: 'Find the patient' })
  expect(trial?.item?.acts[0]).toEqual({
    name: 'cancel appointment',
    title: { nl: 'De afspraak afzeggen', en: 'Cancel the appointment' },
    how: 'shadow',
    fields: ['id', 'status'],
  })
  expect(practice.hospital.witness.list()).toEqual([])
  const { acts } = await ada.ask(TrialRevealed, `${HERE}/drafts/${ID}/trial/reveal`, {
    method: 'POST',
    body: {},
  })
  expect(acts[0]?.payload).toMatchObject({ status: 'cancelled' })
  const revealed = await server.installation.db
    .selectFrom('access_entry')
    .select(['actor', 'action'])
    .where('action', '=', 'reveal')
    .execute()
  expect(revealed).toEqual([{ actor: 'administrator.noord', action: 'reveal' }])
})

test('it goes to shadow, and live by a second account; every change has an author and a way back', async () => {
  await put(ada, '/four-eyes', { wanted: true })
  const go = (who: TestClient, mode: string) =>
    who.fetch(`${HERE}/drafts/${ID}/put-to-work`, { method: 'POST', body: { mode } })
  expect(PutToWorkAnswer.parse(await (await go(ada, 'shadow')).json()).result).toBe('working')
  await ada.ask(DraftSaved, `${HERE}/drafts/${ID}`, { method: 'PUT', body: { plan: plan() } })
  expect(PutToWorkAnswer.parse(await (await go(ada, 'live')).json()).result).toBe('asked')
  expect(await errorOf(await go(ada, 'live'))).toMatchObject({
    status: 400,
    error: { code: 'second-account' },
  })
  expect(PutToWorkAnswer.parse(await (await go(bob, 'live')).json()).result).toBe('working')
  expect(await ada.ask(DeploymentDetails, `${HERE}/deployments/${ID}`)).toMatchObject({
    mode: 'live',
    hasDraft: false,
  })
  const listed = await ada.ask(Deployments, `${HERE}/deployments`)
  expect(listed).toMatchObject({ fourEyes: true, deployments: [{ id: ID, mode: 'live' }], drafts: [] })

  const { rows: changes } = await bob.ask(Changes, `${HERE}/changes?subject=${ID}`)
  const newest = changes[0]
  expect(newest).toMatchObject({
    account: 'administrator-auditor.noord',
    differences: [{ path: 'mode', before: 'shadow', after: 'live' }],
  })
  const undone = await ada.ask(Undone, `${HERE}/changes/${newest?.id}/undo`, { method: 'POST', body: {} })
  expect(undone.result).toBe('done')
  expect((await ada.ask(DeploymentDetails, `${HERE}/deployments/${ID}`)).mode).toBe('shadow')
  expect((await (await bob.fetch(`${HERE}/changes`)).text()).includes(practice.fhirToken)).toBe(false)
})

test('what leads to live cannot be had otherwise: the mode only goes down, and another hospital has no say', async () => {
  const up = await ada.fetch(`${HERE}/deployments/${ID}/mode`, { method: 'POST', body: { mode: 'live' } })
  expect(up.status).toBe(400)
  const zuid = await server.as('administrator', 'zuid')
  const theirs = await zuid.fetch(`/api/hospitals/zuid/deployments/${ID}/mode`, {
    method: 'POST',
    body: { mode: 'off' },
  })
  expect(theirs.status).toBe(404)
  await ada.ask(Done, `${HERE}/deployments/${ID}/mode`, { method: 'POST', body: { mode: 'off' } })
  expect((await ada.ask(DeploymentDetails, `${HERE}/deployments/${ID}`)).mode).toBe('off')
})
