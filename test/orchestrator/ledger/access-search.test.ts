import { afterAll, beforeAll, expect, test } from 'vitest'
import { recordAccess, type Access } from '../../../orchestrator/ledger/access-log.ts'
import { searchAccess, type AccessQuestion } from '../../../orchestrator/ledger/access-search.ts'
import { notePatients } from '../../../orchestrator/ledger/robot-access.ts'
import { openBench, type Bench } from '../work/bench.ts'

const PATIENT = Buffer.alloc(32, 1)
const OTHER = Buffer.alloc(32, 2)

let bench: Bench
let item: string

const access = (change: Partial<Access>): Access => ({
  hospital: 'oost',
  actor: { kind: 'person', id: 'jdv01' },
  responsible: 'jdv01',
  action: 'read',
  subject: { kind: 'log', id: 'access' },
  outcome: 'given',
  ...change,
})

beforeAll(async () => {
  bench = await openBench()
  await bench.db.insertInto('hospital').values({ id: 'west', name: 'West' }).execute()
  item = await bench.addItem('S-1')
  await bench.claim(item)
  await notePatients(bench.db, item, [PATIENT])
  await recordAccess(bench.db, [
    access({ action: 'search', subject: { kind: 'patient', id: PATIENT.toString('hex') } }),
    access({ action: 'search', subject: { kind: 'patient', id: OTHER.toString('hex') }, outcome: 'refused' }),
    access({ hospital: 'west', subject: { kind: 'patient', id: PATIENT.toString('hex') } }),
    access({ actor: { kind: 'person', id: 'team-a' }, responsible: 'team-a', action: 'export' }),
  ])
})
afterAll(() => bench[Symbol.asyncDispose]())

const find = (question: Partial<AccessQuestion>) =>
  searchAccess(bench.db, { hospital: 'oost', limit: 100, ...question })

test('a patient’s accesses are found, with those of before it was known whose the item is', async () => {
  const found = await find({ patients: [PATIENT] })
  expect(found).toMatchObject([
    { action: 'search', subjectKind: 'patient', subject: null, hasPatient: true },
    { actorKind: 'robot', subject: item, hasPatient: true },
    { actorKind: 'robot', subject: item, hasPatient: false },
  ])
  expect(await find({ patients: [OTHER] })).toHaveLength(1)
  expect(await find({ patients: [Buffer.alloc(32, 3)] })).toEqual([])
})

test('an employee’s accesses are their own and those of the robots that they answer for', async () => {
  const found = await find({ actor: 'team-a' })
  expect(found.map(({ actor }) => actor)).toEqual(['team-a', 'oost-test', 'oost-test'])
  expect(await find({ actor: 'team-a', actorKind: 'person' })).toHaveLength(1)
})

test('the rest of what is asked narrows it down, a page at a time', async () => {
  expect(await find({ outcome: 'refused' })).toHaveLength(1)
  expect(await find({ action: 'export' })).toHaveLength(1)
  expect(await find({ to: new Date(0) })).toEqual([])
  const [first, second] = await find({ limit: 2 })
  expect(await find({ limit: 1, olderThan: first?.id })).toEqual([second])
})
