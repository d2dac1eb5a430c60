import { readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { only, startTestEndpoint, temporaryFolder, type TestEndpoint } from './fhir-endpoint.ts'

const MARKER = 'urn:ontregel:marker'

async function coverage({ ask }: TestEndpoint, marker: string, appointment: string) {
  const patient = (await ask('GET', '/Patient?_count=1')).bundle().entry[0]?.resource
  return {
    resourceType: 'Coverage',
    identifier: [
      { system: MARKER, value: marker },
      { system: 'urn:practice:appointment', value: appointment },
    ],
    status: 'active',
    beneficiary: { reference: `Patient/${patient?.id}` },
    payor: [{ identifier: { system: 'http://fhir.nl/fhir/NamingSystem/uzovi', value: '0104' } }],
  }
}

async function booked({ ask }: TestEndpoint) {
  const found = (await ask('GET', '/Appointment?status=booked&_sort=date&_count=1')).bundle()
  const resource = found.entry[0]?.resource
  if (!resource) throw new Error('No appointment is booked.')
  return resource
}

test('two creates at the same moment under one condition make one resource and one effect', async () => {
  using folder = temporaryFolder()
  await using endpoint = await startTestEndpoint(folder.path)
  const body = await coverage(endpoint, 'm-1', 'a-1')
  const condition = { 'if-none-exist': `identifier=${encodeURIComponent(`${MARKER}|m-1`)}` }
  const create = () => endpoint.ask('POST', '/Coverage', body, condition)
  const replies = await Promise.all([create(), create()])
  expect(replies.map(({ status }) => status).toSorted((a, b) => a - b)).toEqual([200, 201])
  expect(new Set(replies.map((reply) => reply.resource().id)).size).toBe(1)
  expect(endpoint.hospital.witness.list()).toMatchObject([
    { kind: 'coverage-stored', key: 'a-1', marker: 'm-1', account: 'robot-fhir' },
  ])

  expect((await endpoint.ask('POST', '/Coverage', body)).status).toBe(201)
  const several = await endpoint.ask('POST', '/Coverage', body, condition)
  expect([several.status, several.issue().code]).toEqual([412, 'multiple-matches'])
  expect(endpoint.hospital.witness.list()).toHaveLength(2)
})

test('a stale version is refused, and each write to a cancelled appointment is an effect', async () => {
  using folder = temporaryFolder()
  await using endpoint = await startTestEndpoint(folder.path)
  const before = await booked(endpoint)
  const patch = (ifMatch: string) =>
    endpoint.ask(
      'PATCH',
      `/Appointment/${before.id}`,
      [{ op: 'replace', path: '/status', value: 'cancelled' }],
      {
        'content-type': 'application/json-patch+json',
        'if-match': ifMatch,
      },
    )
  const first = await patch('W/"1"')
  expect([first.status, first.headers.get('etag'), first.resource().status]).toEqual([
    200,
    'W/"2"',
    'cancelled',
  ])
  const stale = await patch('W/"1"')
  expect([stale.status, stale.issue().code]).toEqual([412, 'conflict'])
  const staleUpdate = await endpoint.ask('PUT', `/Appointment/${before.id}`, before, { 'if-match': 'W/"1"' })
  expect(staleUpdate.status).toBe(412)
  expect(endpoint.hospital.witness.list()).toMatchObject([{ kind: 'appointment-cancelled', key: before.id }])
  expect((await patch('W/"2"')).status).toBe(200)
  expect(endpoint.hospital.witness.list()).toHaveLength(2)
  expect((await endpoint.ask('GET', `/Appointment/${before.id}/_history/1`)).resource().status).toBe('booked')
})

test('a transaction resolves its own references, and one that fails leaves nothing', async () => {
  using folder = temporaryFolder()
  await using endpoint = await startTestEndpoint(folder.path)
  const binary = {
    fullUrl: 'urn:uuid:0a7e3c9e-6b6f-4d4c-9b63-0c8c5f3f7a11',
    resource: { resourceType: 'Binary', contentType: 'application/pdf', data: 'JVBERg==' },
    request: { method: 'POST', url: 'Binary' },
  }
  const task = (status: string) => ({
    resource: { resourceType: 'Task', status, intent: 'order', focus: { reference: binary.fullUrl } },
    request: { method: 'POST', url: 'Task' },
  })
  const send = (...entry: object[]) =>
    endpoint.ask('POST', '', { resourceType: 'Bundle', type: 'transaction', entry })
  const failed = await send(binary, task('requested'), task('no-such-status'))
  expect([failed.status, failed.issue().expression?.[0]]).toEqual([422, 'Bundle.entry[2]'])
  expect((await endpoint.ask('GET', '/Task')).bundle().total).toBe(0)

  const kept = (await send(task('requested'), binary)).bundle()
  expect(kept.entry.map(({ response }) => response?.status)).toEqual(['201 Created', '201 Created'])
  const found = only(
    (await endpoint.ask('GET', `/Task?focus=Binary/${kept.entry[1]?.resource?.id}`)).bundle().entry,
  )
  expect(found.resource?.status).toBe('requested')
})

test('a batch keeps what is sound of it', async () => {
  using folder = temporaryFolder()
  await using endpoint = await startTestEndpoint(folder.path)
  const entry = ['requested', 'no-such-status'].map((status) => ({
    resource: { resourceType: 'Task', status, intent: 'order' },
    request: { method: 'POST', url: 'Task' },
  }))
  const reply = (await endpoint.ask('POST', '', { resourceType: 'Bundle', type: 'batch', entry })).bundle()
  expect(reply.entry.map(({ response }) => response?.status)).toEqual(['201 Created', '422'])
  expect((await endpoint.ask('GET', '/Task')).bundle().total).toBe(1)
})

test('a resource that is not sound is refused with the element that is wrong', async () => {
  using folder = temporaryFolder()
  await using endpoint = await startTestEndpoint(folder.path)
  const sound = await coverage(endpoint, 'm', 'a')
  const refused = async (change: object) => {
    const reply = await endpoint.ask('POST', '/Coverage', { ...sound, ...change })
    return [reply.status, reply.issue().expression?.[0]]
  }
  expect(await refused({ payor: [] })).toEqual([422, 'Coverage.payor'])
  expect(await refused({ status: 'aktief' })).toEqual([422, 'Coverage.status'])
  expect(await refused({ insurer: 'x' })).toEqual([400, 'Coverage.insurer'])
  expect(
    (await endpoint.ask('POST', '/Coverage', { ...sound, beneficiary: { reference: 'Patient/nobody' } }))
      .status,
  ).toBe(422)
  expect((await endpoint.ask('POST', '/Coverage', '{"resourceType":')).status).toBe(400)
  expect(endpoint.hospital.witness.list()).toEqual([])
})

test('a restart keeps resources, versions, seeded dates and the token', async () => {
  using folder = temporaryFolder()
  const before = { appointment: '', total: 0, start: '' }
  {
    await using endpoint = await startTestEndpoint(folder.path)
    const appointment = await booked(endpoint)
    const cancelled = { ...appointment, status: 'cancelled' }
    expect((await endpoint.ask('PUT', `/Appointment/${appointment.id}`, cancelled)).status).toBe(200)
    Object.assign(before, { appointment: appointment.id, start: String(appointment['start']) })
    before.total = (await endpoint.ask('GET', '/Appointment')).bundle().total ?? 0
  }
  await using endpoint = await startTestEndpoint(folder.path)
  const after = (await endpoint.ask('GET', `/Appointment/${before.appointment}`)).resource()
  expect([after.status, after.meta.versionId, after['start']]).toEqual(['cancelled', '2', before.start])
  expect((await endpoint.ask('GET', '/Appointment')).bundle().total).toBe(before.total)
  expect((await endpoint.ask('GET', '/Patient?_count=0')).bundle().total).toBe(
    endpoint.hospital.patients.all().length,
  )
  expect(endpoint.hospital.witness.list()).toHaveLength(1)
})

test('an effect that a kill left untold is told at the next start', async () => {
  using folder = temporaryFolder()
  {
    await using endpoint = await startTestEndpoint(folder.path)
    expect((await endpoint.ask('POST', '/Coverage', await coverage(endpoint, 'm-1', 'a-1'))).status).toBe(201)
  }
  const journal = join(folder.path, 'practice.jsonl')
  const lines = readFileSync(journal, 'utf8').trimEnd().split('\n')
  expect(lines.at(-1)).toContain('"c":"witness"')
  // A kill in the middle of writing the last line, which is the witness's.
  writeFileSync(journal, `${lines.slice(0, -1).join('\n')}\n{"c":"wit`)
  await using endpoint = await startTestEndpoint(folder.path)
  expect(endpoint.hospital.witness.list()).toMatchObject([
    { kind: 'coverage-stored', key: 'a-1', marker: 'm-1' },
  ])
})

test('an error may hide that it was applied, and says nothing of what was not', async () => {
  using folder = temporaryFolder()
  await using endpoint = await startTestEndpoint(folder.path)
  const body = await coverage(endpoint, 'm-1', 'a-1')
  const attempt = async (kind: 'error-but-applied' | 'error-not-applied' | 'applied-late') => {
    endpoint.hospital.faults.configure({ rate: 1, kinds: [kind], lateMs: 60_000 })
    const status = await endpoint.ask('POST', '/Coverage', body).then(
      (reply) => reply.status,
      () => 0,
    )
    return [status === 0 || status >= 500, endpoint.hospital.witness.list().length]
  }
  expect(await attempt('error-not-applied')).toEqual([true, 0])
  expect(await attempt('error-but-applied')).toEqual([true, 1])
  expect(await attempt('applied-late')).toEqual([true, 1])
  endpoint.hospital.faults.close()
  expect(endpoint.hospital.witness.list()).toHaveLength(2)
})
