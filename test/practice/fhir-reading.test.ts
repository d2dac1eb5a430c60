import { expect, test } from 'vitest'
import { only, startTestEndpoint, temporaryFolder } from './fhir-endpoint.ts'

const FORM = { 'content-type': 'application/x-www-form-urlencoded' }

test('the pages of a search cover everything once, also when something is added meanwhile', async () => {
  using folder = temporaryFolder()
  await using endpoint = await startTestEndpoint(folder.path)
  const first = (await endpoint.ask('GET', '/Patient?_count=7&_sort=_lastUpdated')).bundle()
  const patient = only(endpoint.hospital.patients.all().slice(0, 1))
  endpoint.hospital.patients.put({ ...patient, zis: '7000000' })
  const ids: string[] = []
  for (let page = first; ;) {
    ids.push(...page.entry.map(({ resource }) => resource?.id ?? ''))
    const next = page.link?.find(({ relation }) => relation === 'next')
    if (!next) break
    page = (await endpoint.ask('GET', next.url)).bundle()
  }
  expect(new Set(ids).size).toBe(ids.length)
  expect(ids).toHaveLength(first.total ?? 0)
  const now = (await endpoint.ask('GET', '/Patient?_count=0')).bundle().total
  expect(now).toBe(ids.length + 1)
})

test('a patient is found by POST _search on the BSN, and no link repeats it', async () => {
  using folder = temporaryFolder()
  await using endpoint = await startTestEndpoint(folder.path)
  const patient = only(endpoint.hospital.patients.all().slice(7, 8))
  const form = new URLSearchParams({ identifier: `http://fhir.nl/fhir/NamingSystem/bsn|${patient.bsn}` })
  const found = (await endpoint.ask('POST', '/Patient/_search', form.toString(), FORM)).bundle()
  expect(only(found.entry).resource?.identifier).toContainEqual({
    use: 'usual',
    system: 'urn:practice:zis',
    value: patient.zis,
  })
  const all = await endpoint.ask('POST', '/Patient/_search', 'birthdate=ge1900&_count=2', FORM)
  expect(all.bundle().link?.[0]?.url).not.toContain('birthdate')
})

test('names are found without their accents, dates as days in Amsterdam', async () => {
  using folder = temporaryFolder()
  await using endpoint = await startTestEndpoint(folder.path)
  const total = async (path: string) => (await endpoint.ask('GET', path)).bundle().total ?? 0
  const accented = endpoint.hospital.patients
    .all()
    .find(({ family, partner }) => !partner && /[ëöüçñ]/i.test(family))
  const bare = accented?.family.normalize('NFD').replace(/\p{M}/gu, '').toLowerCase() ?? 'none'
  expect(await total(`/Patient?name=${bare}`)).toBeGreaterThan(0)
  expect(await total(`/Patient?family:exact=${bare}`)).toBe(0)
  const soonest = (await endpoint.ask('GET', '/Appointment?status=booked&_sort=date&_count=1')).bundle()
  const day = String(only(soonest.entry).resource?.['start']).slice(0, 10)
  const onDay = await total(`/Appointment?status=booked&date=${day}`)
  expect(onDay).toBeGreaterThan(0)
  expect(await total(`/Appointment?status=booked&date=ge${day}&date=le${day}`)).toBe(onDay)
  expect(await total(`/Appointment?status=booked&date=lt${day}`)).toBe(0)
})

test('what is not supported is refused, not ignored', async () => {
  using folder = temporaryFolder()
  await using endpoint = await startTestEndpoint(folder.path)
  for (const query of [
    'favourite=1',
    'status:above=booked',
    'date=soon',
    '_sort=status',
    '_include=Appointment:patient',
  ]) {
    const reply = await endpoint.ask('GET', `/Appointment?${query}`)
    expect([reply.status, query]).toEqual([400, query])
    expect(reply.issue().diagnostics).not.toBe('')
  }
  expect((await endpoint.ask('GET', '/Observation')).status).toBe(404)
  expect((await endpoint.ask('DELETE', '/Patient/x')).status).toBe(405)
  expect((await endpoint.ask('GET', '/Patient', undefined, { authorization: 'Bearer wrong' })).status).toBe(
    401,
  )
  expect((await fetch(`${endpoint.server.url}/metadata`)).status).toBe(200)
})

test('a search may lag behind; reading and conditions do not', async () => {
  using folder = temporaryFolder()
  await using endpoint = await startTestEndpoint(folder.path)
  endpoint.hospital.faults.configure({ rate: 1, kinds: ['search-lags'], lateMs: 600_000 })
  const task = { resourceType: 'Task', status: 'ready', intent: 'order', identifier: [{ value: 'one' }] }
  const made = (await endpoint.ask('POST', '/Task', task)).resource()
  expect((await endpoint.ask('GET', '/Task')).bundle().total).toBe(0)
  expect((await endpoint.ask('GET', `/Task/${made.id}`)).status).toBe(200)
  const again = await endpoint.ask('POST', '/Task', task, { 'if-none-exist': 'identifier=one' })
  expect([again.status, again.resource().id]).toEqual([200, made.id])
})

test('a change of the hospital’s own patient shows in the Patient resource', async () => {
  using folder = temporaryFolder()
  await using endpoint = await startTestEndpoint(folder.path)
  const patient = only(endpoint.hospital.patients.all().slice(9, 10))
  const find = async () =>
    only((await endpoint.ask('GET', `/Patient?identifier=urn:practice:zis|${patient.zis}`)).bundle().entry)
      .resource
  expect((await find())?.['deceasedDateTime']).toBeUndefined()
  endpoint.hospital.patients.put({ ...patient, deceasedAt: '2026-11-01T10:00:00.000Z' })
  const after = await find()
  expect([after?.['deceasedDateTime'], after?.meta.versionId]).toEqual(['2026-11-01T10:00:00.000Z', '2'])
})
