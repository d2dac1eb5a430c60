import { afterAll, beforeAll, expect, test } from 'vitest'
import type { FhirSystem } from '../../connectors/fhir/client.ts'
import type { Resource } from '../../connectors/fhir/resource.ts'
import { patientId } from '../practice-hospital/fhir/patient-resource.ts'
import { answerLost, failureOf } from './bot-tools.ts'
import { openDeathsBench, type DeathsBench } from './deceased-appointments-bench.ts'

/** What happens when the hospital changes an appointment while the robot is at it. */
let bench: DeathsBench
beforeAll(async () => {
  bench = await openDeathsBench()
})
afterAll(() => bench[Symbol.asyncDispose]())

const MOVED = ['/description', 'verplaatst'] as const

/** A FHIR system in which something happens to an appointment right before it is patched, or `after` that. */
function aroundPatch(
  happens: (id: string) => Promise<void>,
  when: 'before' | 'after' = 'before',
): FhirSystem {
  const { fhir } = bench.systems
  return {
    ...fhir,
    patch: async (type, id, operations, condition) => {
      if (when === 'before') await happens(id)
      const written = await fhir.patch(type, id, operations, condition)
      if (when === 'after') await happens(id)
      return written
    },
  }
}

/** A FHIR system in which something happens once, right before an appointment is looked at. */
function beforeLooking(happens: (id: string) => Promise<unknown>): FhirSystem {
  const { fhir } = bench.systems
  let done = false
  return {
    ...fhir,
    read: async (type, id) => {
      if (type === 'Appointment' && !done) await happens(id)
      done ||= type === 'Appointment'
      return fhir.read(type, id)
    },
  }
}

function withoutVersion({ meta: _meta, ...rest }: Resource): Resource {
  return rest
}

test('changed between looking and pressing: left alone, and judged anew next time', async () => {
  const death = bench.death('plain', 0)
  const item = bench.itemOf(death)
  const moving = aroundPatch((id) => bench.change(id, ...MOVED))
  expect(await failureOf(bench.run(item, { fhir: moving }))).toMatchObject({ code: 'version-conflict' })
  const arriving = aroundPatch((id) => bench.change(id, '/status', 'arrived'))
  expect(await failureOf(bench.run(item, { fhir: arriving }))).toMatchObject({ code: 'version-conflict' })
  expect(await failureOf(bench.run(item))).toMatchObject({
    kind: 'business',
    code: 'appointment-in-progress',
  })
  expect(bench.effects(death)).toEqual([])
})

test('twin: without the condition on its version such an appointment is cancelled', async () => {
  const death = bench.death('plain', 1)
  const moving = aroundPatch((id) => bench.change(id, ...MOVED))
  const fhir: FhirSystem = { ...moving, patch: (type, id, operations) => moving.patch(type, id, operations) }
  await bench.run(bench.itemOf(death), { fhir })
  expect(bench.effects(death)).toHaveLength(death.appointments.length)
})

test('at a server without versions the status that was judged is the condition', async () => {
  const death = bench.death('plain', 2)
  const arriving = aroundPatch((id) => bench.change(id, '/status', 'arrived'))
  const fhir: FhirSystem = {
    ...arriving,
    read: async (type, id) => withoutVersion(await arriving.read(type, id)),
  }
  expect(await failureOf(bench.run(bench.itemOf(death), { fhir }))).toMatchObject({ code: 'rejected' })
  expect(bench.effects(death)).toEqual([])
})

test('arrived since it was listed: not pressed', async () => {
  const death = bench.death('plain', 3)
  const fhir = beforeLooking((id) => bench.change(id, '/status', 'arrived'))
  const failure = await failureOf(bench.run(bench.itemOf(death), { fhir }))
  expect(failure).toMatchObject({ kind: 'business', code: 'appointment-in-progress' })
  expect(bench.effects(death)).toEqual([])
})

test('somebody else’s since it was listed: not pressed', async () => {
  const death = bench.death('plain', 4)
  const other = patientId(bench.systems.hospital.random, bench.death('plain', 5).zis)
  const fhir = beforeLooking((id) => bench.change(id, '/participant/0/actor/reference', `Patient/${other}`))
  const failure = await failureOf(bench.run(bench.itemOf(death), { fhir }))
  expect(failure).toMatchObject({ kind: 'unexpected', code: 'another-patient' })
  expect(bench.effects(death)).toEqual([])
})

test('accepted but not cancelled is unsure', async () => {
  const fhir = aroundPatch((id) => bench.change(id, '/status', 'booked'), 'after')
  const failure = await failureOf(bench.run(bench.itemOf(bench.death('plain', 6)), { fhir }))
  expect(failure).toMatchObject({ kind: 'unsure', code: 'not-cancelled' })
})

test('an interrupted act comes first again, also when an earlier appointment was made meanwhile', async () => {
  const death = bench.death('plain', 7)
  const item = bench.itemOf(death)
  const lost = await failureOf(bench.run(item, { afterPress: answerLost }))
  expect(lost.code).toBe('answer-lost')
  const [interrupted] = bench.effects(death)
  const {
    id: _id,
    meta: _meta,
    ...earlier
  } = await bench.systems.fhir.read('Appointment', interrupted?.key ?? '')
  const start = new Date(Date.now() + 86_400_000).toISOString()
  const booked = { ...earlier, identifier: [{ value: 'new' }], status: 'booked', start, end: start }
  const { id } = await bench.systems.fhir.create(booked)
  const again = await bench.run(item)
  expect(again.acts.map(({ act }) => act).slice(0, 2)).toEqual([
    `cancel appointment:${interrupted?.key}`,
    `cancel appointment:${id}`,
  ])
  expect(again.acts[0]?.how).toBe('already-there')
})
