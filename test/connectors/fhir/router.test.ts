import { expect, test } from 'vitest'
import { startRouterServer } from './router-server.ts'
import { all, failureOf, openTestSystem } from './small-server.ts'

const MARKER = { system: 'urn:ontregel:marker', value: 'OR-4F2A' }
const TASK = { resourceType: 'Task', identifier: [MARKER], status: 'requested', intent: 'order' }

async function openRouter() {
  const server = await startRouterServer()
  const given = openTestSystem(server)
  return {
    ...given,
    server,
    async [Symbol.asyncDispose]() {
      given.system.close()
      await server[Symbol.asyncDispose]()
    },
  }
}

test('what is created there can be read, and is created once under a condition', async () => {
  await using router = await openRouter()
  const { system } = router
  const first = await system.create(TASK, { ifNoneExist: { identifier: MARKER } })
  expect(first).toMatchObject({ status: 'created', versionId: expect.any(String) })
  const again = await system.create(TASK, { ifNoneExist: { identifier: MARKER } })
  expect(again).toMatchObject({ status: 'existing', id: first.id, versionId: first.versionId })
  expect(await system.read('Task', first.id)).toMatchObject(TASK)
  expect((await system.create(TASK)).id).not.toBe(first.id)
})

test('two that match a condition are no one: nothing is created and a person decides', async () => {
  await using router = await openRouter()
  await router.system.create(TASK)
  await router.system.create(TASK)
  const third = router.system.create(TASK, { ifNoneExist: { identifier: MARKER } })
  expect(await failureOf(third)).toMatchObject({ kind: 'business', code: 'several-match' })
  expect(await router.system.find('Task', MARKER)).toHaveLength(2)
})

test('a search follows every page, gives each resource once, and puts no identifier into an address', async () => {
  await using router = await openRouter()
  const { system, server } = router
  for (let n = 0; n < 25; n++) await system.create({ resourceType: 'Patient', identifier: [MARKER] })
  await system.create({ resourceType: 'Patient', identifier: [{ ...MARKER, value: 'another' }] })
  const pages = []
  for await (const page of system.searchPages('Patient', { identifier: MARKER, _count: 10 }))
    pages.push(page.resources.length)
  expect(pages).toEqual([10, 10, 5])
  const found = await system.find('Patient', MARKER)
  expect(new Set(found.map(({ id }) => id)).size).toBe(25)
  expect(await all(system.search('Patient', {}))).toHaveLength(26)
  expect(server.heard.filter((line) => line.includes('marker'))).toEqual([])
})

test('an update of a version that is no longer the last is refused by 412, and nothing is lost', async () => {
  await using router = await openRouter()
  const { system } = router
  const { id, versionId = '' } = await system.create(TASK)
  const accepted = { ...TASK, id, status: 'accepted' }
  const updated = await system.update(accepted, { ifMatch: versionId })
  expect(updated).toMatchObject({ id, status: 'updated' })
  expect(updated.versionId).not.toBe(versionId)
  const late = system.update({ ...TASK, id, status: 'rejected' }, { ifMatch: versionId })
  expect(await failureOf(late)).toMatchObject({ kind: 'transient', code: 'version-conflict' })
  await system.patch('Task', id, [{ op: 'replace', path: '/status', value: 'completed' }])
  expect(await system.read('Task', id)).toMatchObject({ status: 'completed' })
})

test('its OperationOutcomes are failures of a kind each, without what they quote', async () => {
  await using router = await openRouter()
  const { system } = router
  expect(await failureOf(system.read('Task', 'nobody'))).toMatchObject({
    kind: 'business',
    code: 'not-found',
  })
  const { id } = await system.create(TASK)
  const secret = 'de Vries'
  const nowhere = system.patch('Task', id, [{ op: 'replace', path: `/name/${secret}`, value: secret }])
  const failure = await failureOf(nowhere)
  expect(failure.kind).not.toBe('unsure')
  expect(failure.message).not.toContain(secret)
  expect(await system.read('Task', id)).toMatchObject(TASK)
})

test('a transaction creates what refers to each other, and what is there already is not made again', async () => {
  await using router = await openRouter()
  const { system } = router
  const uuid = 'urn:uuid:6ca19ae9-8c01-4b1a-9b9a-3e2a4a8e0f10'
  const patient = { resourceType: 'Patient', identifier: [MARKER] }
  const about = { ...TASK, for: { reference: uuid } }
  const written = await system.transaction([{ create: patient, fullUrl: uuid }, { create: about }])
  expect(written.map(({ status }) => status)).toEqual(['created', 'created'])
  const [one, other] = written
  expect(await system.read('Task', other?.id ?? '')).toMatchObject({
    for: { reference: `Patient/${one?.id}` },
  })
  const [same] = await system.transaction([{ create: TASK, ifNoneExist: { identifier: MARKER } }])
  expect(same).toMatchObject({ status: 'existing', id: other?.id })
})

test('a transaction of which a part was carried out before it was refused is unsure', async () => {
  await using router = await openRouter()
  const { system } = router
  const wrong = system.transaction([{ update: { ...TASK, id: 'nobody' }, ifMatch: '1' }, { create: TASK }])
  expect((await failureOf(wrong)).kind).toBe('unsure')
  expect(await system.find('Task', MARKER)).toHaveLength(1)
})
