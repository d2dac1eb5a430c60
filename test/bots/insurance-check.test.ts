import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import bot from '../../bots/insurance-check/bot.ts'
import type { FhirSystem } from '../../connectors/fhir/client.ts'
import type { Resource } from '../../connectors/fhir/resource.ts'
import { openExpected } from '../practice-hospital/expected.ts'
import { coverageTruth } from '../practice-hospital/insurer/policies.ts'
import { patientId } from '../practice-hospital/fhir/patient-resource.ts'
import { answerLost, failureOf } from './bot-tools.ts'
import { MARKER_SYSTEM, openInsuranceBench, SETTINGS, type InsuranceBench } from './insurance-check-bench.ts'

let bench: InsuranceBench
beforeAll(async () => {
  bench = await openInsuranceBench()
})
afterAll(() => bench[Symbol.asyncDispose]())

async function all<T>(found: AsyncIterable<T>): Promise<T[]> {
  const list: T[] = []
  for await (const one of found) list.push(one)
  return list
}

describe('what is checked', () => {
  test('every booked appointment of the coming working days becomes an item, and nothing else does', async () => {
    const expected = openExpected(bench.systems.hospital.store)
      .all()
      .map(({ key }) => key)
    expect(bench.items.map(({ appointment }) => appointment).toSorted()).toEqual(expected.toSorted())
    const near = await bench.collect({ workingDays: 1 })
    expect(near.length).toBeGreaterThan(0)
    expect(near.length).toBeLessThan(bench.items.length)
  })

  test('the reference is the appointment and its patient: ids only', () => {
    const item = bench.itemWith('as-known')
    expect(bot.reference({ ...item })).toBe(`${item.appointment}-${item.patient}`)
  })

  test('an item or setting that is not as it should be is refused, naming the field', () => {
    const item = { appointment: 'a1', patient: 'p1', date: '2026-11-23' }
    expect(() => bot.readItem({ ...item, patient: 'p/1' })).toThrow('Field patient in the item')
    expect(() => bot.readItem({ ...item, date: '23-11-2026' })).toThrow('Field date in the item')
    expect(bot.settings.safeParse({ ...SETTINGS, insurers: ['12'] }).error?.issues[0]?.path).toEqual([
      'insurers',
      0,
    ])
  })
})

describe('an insured patient', () => {
  test('the coverage is stored once, under marker and appointment, and a second run finds it', async () => {
    const item = bench.itemWith('as-known')
    const first = await bench.run(item)
    expect(first.acts).toMatchObject([{ act: 'store the coverage', how: 'pressed' }])
    expect(bench.effects(item.appointment)).toMatchObject([
      { marker: `marker-${item.appointment}`, account: 'robot-fhir' },
    ])
    const [stored] = await bench.systems.fhir.find('Coverage', {
      system: MARKER_SYSTEM,
      value: `marker-${item.appointment}`,
    })
    expect(stored).toMatchObject({ status: 'active', subscriberId: bench.patientOf(item).policyNumber })
    expect(first.evidence).toMatchObject([{ kind: 'picture', label: 'check at the insurer' }])

    const second = await bench.run(item)
    expect(second.acts).toMatchObject([{ how: 'already-there', reference: `Coverage/${stored?.id}` }])
    expect(second.outcome).toEqual(first.outcome)
    expect(bench.effects(item.appointment)).toHaveLength(1)
  })

  test('the variant says whether a policy was on file', async () => {
    const variants = new Map<boolean, string>()
    for (const item of bench.items.filter(
      (one) => coverageTruth(bench.systems.hospital, bench.patientOf(one)) === 'as-known',
    )) {
      const before = bench.systems.fhir.search('Coverage', {
        patient: `Patient/${item.patient}`,
        status: 'active',
      })
      const known = (await all(before)).length > 0
      if (variants.has(known) || bench.effects(item.appointment).length > 0) continue
      variants.set(known, (await bench.run(item)).outcome.variant)
      if (variants.size === 2) break
    }
    expect([variants.get(false), variants.get(true)]).toEqual(['first-check', 'renewed'])
  })

  test('a press whose answer was lost is found again and not repeated', async () => {
    const item = bench.itemWith('as-known', 5)
    expect(await failureOf(bench.run(item, { afterPress: answerLost }))).toMatchObject({
      code: 'answer-lost',
    })
    const again = await bench.run(item)
    expect(again.acts).toMatchObject([{ how: 'already-there' }])
    expect(bench.effects(item.appointment)).toHaveLength(1)
  })

  test('a search that lags does not double it: the server is told the marker too', async () => {
    const item = bench.itemWith('as-known', 6)
    await bench.systems.withFaults({ kinds: ['search-lags'], lateMs: 60_000 }, () => bench.run(item))
    const again = await bench.run(item)
    expect(again.acts).toMatchObject([{ how: 'pressed' }])
    expect(bench.effects(item.appointment)).toHaveLength(1)
  })

  test('twin: without looking and without the condition the second run stores a second coverage', async () => {
    const item = bench.itemWith('as-known', 7)
    const unconditional: FhirSystem = {
      ...bench.systems.fhir,
      create: (resource: Resource) => bench.systems.fhir.create(resource),
    }
    await bench.run(item, { fhir: unconditional })
    await bench.run(item, { fhir: unconditional, looking: 'blind' })
    expect(bench.effects(item.appointment)).toHaveLength(2)
  })

  test('something else under the same marker is a matter for a person', async () => {
    const item = bench.itemWith('as-known', 8)
    const marker = `marker-${item.appointment}`
    await bench.systems.fhir.create({
      resourceType: 'Coverage',
      identifier: [{ system: MARKER_SYSTEM, value: marker }],
      status: 'active',
      subscriberId: '1',
      beneficiary: { reference: `Patient/${item.patient}` },
      payor: [{ display: 'somebody else' }],
    })
    expect(await failureOf(bench.run(item))).toMatchObject({ kind: 'business', code: 'found-different' })
    expect(bench.effects(item.appointment)).toHaveLength(0)
  })

  test('in shadow everything happens but the press', async () => {
    const item = bench.itemWith('as-known', 9)
    const { acts } = await bench.run(item, { shadow: true })
    expect(acts).toMatchObject([
      { how: 'shadow', payload: { policyNumber: bench.patientOf(item).policyNumber } },
    ])
    expect(bench.effects(item.appointment)).toHaveLength(0)
  })

  test('an appointment that was cancelled meanwhile leaves nothing to do', async () => {
    const item = bench.itemWith('as-known', 10)
    await bench.systems.fhir.patch('Appointment', item.appointment, [
      { op: 'replace', path: '/status', value: 'cancelled' },
    ])
    const { outcome, acts, steps } = await bench.run(item)
    expect([outcome.nothingToDo, acts, steps]).toEqual([true, [], ['read the appointment']])
  })
})

describe('what is left to a person', () => {
  test.each([
    ['not-insured', 'not-insured'],
    ['unknown-insurer', 'insurer-unknown'],
    ['details-differ', 'details-differ'],
  ] as const)('%s: nothing is stored', async (truth, code) => {
    const item = bench.itemWith(truth)
    expect(await failureOf(bench.run(item))).toMatchObject({ kind: 'business', code })
    expect(bench.effects(item.appointment)).toHaveLength(0)
  })

  test('a patient without a BSN, and an appointment that became somebody else’s', async () => {
    const nobody = bench.systems.hospital.patients.all().find(({ bsn }) => bsn === '')
    const item = bench.itemWith('as-known', 11)
    const other = patientId(bench.systems.hospital.random, nobody?.zis ?? '')
    expect(await failureOf(bench.run({ ...item, patient: other }))).toMatchObject({
      kind: 'business',
      code: 'patient-changed',
    })
    const participant = [
      { op: 'replace', path: '/participant/0/actor/reference', value: `Patient/${other}` },
    ] as const
    await bench.systems.fhir.patch('Appointment', item.appointment, participant)
    expect(await failureOf(bench.run({ ...item, patient: other }))).toMatchObject({
      kind: 'business',
      code: 'bsn-missing',
    })
  })

  test('no sentence holds anything of the patient', async () => {
    for (const truth of ['not-insured', 'unknown-insurer', 'details-differ'] as const) {
      const item = bench.itemWith(truth)
      const { message } = await failureOf(bench.run(item))
      const { bsn, family, policyNumber, birthDate, zis } = bench.patientOf(item)
      for (const secret of [bsn, family, policyNumber, birthDate, zis, item.patient])
        expect(message).not.toContain(secret)
    }
  })
})
