import { randomBytes } from 'node:crypto'
import { expect, test } from 'vitest'
import { silentLog } from '../../../connectors/log.ts'
import { readDeployments } from '../../../orchestrator/ledger/reading-progress.ts'
import { putDeployment, putSystem } from '../../../orchestrator/ledger/setup.ts'
import { secretBox } from '../../../orchestrator/secrets/secret-box.ts'
import { checkFhirSystems } from '../../../orchestrator/work/check-fhir.ts'
import { fhir, searchset, startServer } from '../../connectors/fhir/small-server.ts'
import { readingBot } from '../triggers/fhir-bench.ts'
import { openBench, PLAIN_DEPLOYMENT, testBot, type Bench } from './bench.ts'

const TRIGGER = { id: 'oost-changes', role: 'fhir', resourceType: 'Appointment', everySeconds: 30 }
const readers = new Map([['test-bot', readingBot()]])

async function startFhir(version: string) {
  return await startServer(({ url }, response) =>
    url.endsWith('/metadata')
      ? fhir(response, 200, { resourceType: 'CapabilityStatement', fhirVersion: version, rest: [] })
      : fhir(response, 200, searchset([])),
  )
}

async function putWork({ db }: Bench, address: string): Promise<void> {
  const settings = { signIn: { way: 'none' }, limits: { retries: 0 } }
  await putSystem(db, { hospital: 'oost', id: 'epd', kind: 'fhir', address, seats: 1, settings })
  const systems = { fhir: 'epd' }
  await putDeployment(db, { ...PLAIN_DEPLOYMENT, id: 'oost-test', systems, triggers: [TRIGGER] })
}

const check = ({ db }: Bench, bots = readers) =>
  checkFhirSystems({ db, secrets: secretBox(randomBytes(32)), log: silentLog, bots })

test('a FHIR trigger is set up with its deployment like any other, and shown with what it asks for', async () => {
  await using bench = await openBench()
  await putWork(bench, 'http://127.0.0.1:1/fhir')
  const poll = () => bench.db.selectFrom('fhir_poll').selectAll().executeTakeFirstOrThrow()
  expect(await poll()).toMatchObject({ role: 'fhir', resource_type: 'Appointment', every_seconds: 30 })
  await bench.db.updateTable('fhir_poll').set({ cursor: new Date(), reason: 'It is closed.' }).execute()
  await putWork(bench, 'http://127.0.0.1:2/fhir')
  expect((await poll()).cursor).not.toBeNull()
  const [shown] = await readDeployments(bench.db)
  const trigger = { id: 'oost-changes', kind: 'fhir', says: 'Appointment', reason: 'It is closed.' }
  expect(shown?.triggers).toEqual([trigger])
  expect(shown?.nextFiring).toEqual(expect.any(Date))
})

test('with a wrong field nothing of the deployment is changed', async () => {
  await using bench = await openBench()
  const wrong = { ...TRIGGER, parameters: { status: '999990019' } }
  const setup = { ...PLAIN_DEPLOYMENT, id: 'oost-test', responsible: 'team-b', triggers: [wrong] }
  await expect(putDeployment(bench.db, setup)).rejects.toThrow('Field parameters.status')
  const { responsible } = await bench.db.selectFrom('deployment').selectAll().executeTakeFirstOrThrow()
  expect(responsible).toBe('team-a')
})

test('a server that is what its settings say has nothing wrong; another version, or nobody there, is named', async () => {
  await using server = await startFhir('4.0.1')
  await using bench = await openBench()
  await putWork(bench, server.base)
  const right = await check(bench)
  expect(right.map((one) => one.right)).toEqual([true, true, true])
  expect(server.heard.map(({ method, url }) => `${method} ${url}`)).toEqual([
    'GET /fhir/metadata',
    'POST /fhir/Appointment/_search',
  ])
  await using old = await startFhir('3.0.2')
  await putWork(bench, old.base)
  expect((await check(bench)).find((one) => !one.right)?.sentence).toContain('states 3.0.2')
  await putWork(bench, 'http://127.0.0.1:1/fhir')
  expect(await check(bench)).toEqual([
    { hospital: 'oost', system: 'epd', right: false, sentence: expect.stringContaining('epd') },
  ])
})

test('settings that cannot be read, a robot that reads no FHIR and a role without a system are named', async () => {
  await using server = await startFhir('4.0.1')
  await using bench = await openBench()
  await putWork(bench, server.base)
  const deaf = new Map([['test-bot', testBot(() => Promise.resolve())]])
  const wrong = async (bots = readers) =>
    (await check(bench, bots)).filter(({ right }) => !right).map(({ sentence }) => sentence)
  expect(await wrong(deaf)).toEqual([expect.stringContaining('does not read FHIR resources')])
  await putDeployment(bench.db, { ...PLAIN_DEPLOYMENT, id: 'oost-test', triggers: [TRIGGER] })
  expect(await wrong()).toEqual([expect.stringContaining('no FHIR system as that')])
  const setup = { hospital: 'oost', id: 'epd', kind: 'fhir' as const, address: server.base, seats: 1 }
  await putSystem(bench.db, { ...setup, settings: { version: 'R5' } })
  expect(await wrong()).toContainEqual(expect.stringContaining('Field version'))
})
