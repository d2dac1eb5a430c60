import { expect, test } from 'vitest'
import { dutchIdentifier, identifiersOf } from '../../../connectors/fhir/identifiers.ts'
import { NamedResource, readName } from '../../../connectors/fhir/names.ts'
import { readResource, versionOf } from '../../../connectors/fhir/resource.ts'
import { startPractice } from './practice-endpoint.ts'
import { all, failureOf } from './small-server.ts'

test('find, create once, update, patch, conflict and search on the practice hospital', async () => {
  await using practice = await startPractice()
  const { system } = practice
  const patients = await all(system.search('Patient', { _count: 7 }))
  expect(patients.length).toBeGreaterThanOrEqual(60)
  const [bsn = ''] = patients.flatMap((patient) => identifiersOf(patient, 'bsn'))
  const identifier = dutchIdentifier('bsn', bsn) ?? { system: '', value: '' }
  const [patient] = await system.find('Patient', identifier)
  expect(patient && readName(readResource(NamedResource, patient))?.own?.name).toBeTruthy()

  const marker = { system: 'urn:ontregel:marker', value: 'a,b|c' }
  const task = {
    resourceType: 'Task',
    identifier: [marker],
    status: 'requested',
    intent: 'order',
    for: { reference: `Patient/${patient?.id}` },
  }
  const first = await system.create(task, { ifNoneExist: { identifier: marker } })
  const again = await system.create(task, { ifNoneExist: { identifier: marker } })
  expect([first.status, again.status, again.id]).toEqual(['created', 'existing', first.id])

  const [stored] = await system.find('Task', marker)
  if (!stored) throw new Error('the task that was made is not found')
  const done = await system.update({ ...stored, status: 'completed' }, { ifMatch: versionOf(stored) ?? '' })
  expect(await failureOf(system.update(stored, { ifMatch: versionOf(stored) ?? '' }))).toMatchObject({
    code: 'version-conflict',
  })
  const operations = [{ op: 'replace', path: '/status', value: 'failed' }] as const
  await system.patch('Task', first.id, operations, { ifMatch: done.versionId ?? '' })
  expect(await system.read('Task', first.id)).toMatchObject({ status: 'failed' })
})

test('a transaction there is all or nothing, and a wrong resource is refused with its expression', async () => {
  await using practice = await startPractice()
  const { system } = practice
  const [patient] = await all(system.search('Patient', { _count: 1 }))
  const task = {
    resourceType: 'Task',
    status: 'requested',
    intent: 'order',
    for: { reference: `Patient/${patient?.id}` },
  }
  const wrong = { ...task, intent: 7 }
  expect(
    (await system.transaction([{ create: task }, { create: task }])).map(({ status }) => status),
  ).toEqual(['created', 'created'])
  expect((await failureOf(system.transaction([{ create: task }, { create: wrong }]))).kind).not.toBe('unsure')
  expect(await all(system.search('Task', {}))).toHaveLength(2)
})
