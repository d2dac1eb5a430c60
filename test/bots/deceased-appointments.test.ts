import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import bot from '../../bots/deceased-appointments/bot.ts'
import { answerLost, failureOf } from './bot-tools.ts'
import { MARKER_SYSTEM, openDeathsBench, type DeathsBench } from './deceased-appointments-bench.ts'
import type { PlannedDeath } from '../practice-hospital/fhir/deaths.ts'

let bench: DeathsBench
beforeAll(async () => {
  bench = await openDeathsBench()
})
afterAll(() => bench[Symbol.asyncDispose]())

const acts = (ids: readonly string[]) => ids.map((id) => `cancel appointment:${id}`).toSorted()

function patientOf(death: PlannedDeath) {
  const patient = bench.systems.hospital.patients.get(death.zis)
  if (!patient) throw new Error('There is no such patient.')
  return patient
}

test('every reported death of the feed becomes one item, and nothing else does', () => {
  expect(bench.items.map((item) => bot.reference(item).split('-')[0])).toEqual(
    bench.deaths.map(({ zis }) => zis),
  )
})

describe('a patient who died', () => {
  test('each future appointment is cancelled once, with marker and reason, and a second run finds that', async () => {
    const death = bench.death('plain')
    const item = bench.itemOf(death)
    const first = await bench.run(item)
    expect(first.outcome).toEqual({ variant: 'cancelled', nothingToDo: false })
    expect(first.pressed.toSorted()).toEqual(acts(death.appointments))
    expect(first.acts.every(({ how }) => how === 'pressed')).toBe(true)
    const stored = await bench.systems.fhir.find('Appointment', {
      system: MARKER_SYSTEM,
      value: `marker-${bot.reference(item)}`,
    })
    expect(stored.map(({ id = '' }) => id).toSorted()).toEqual(death.appointments.toSorted())
    for (const one of stored)
      expect(one).toMatchObject({ status: 'cancelled', cancelationReason: { coding: [{ code: 'pat-dec' }] } })

    const second = await bench.run(item)
    expect([second.pressed, second.outcome]).toEqual([[], first.outcome])
    expect(second.acts.map(({ act }) => act).toSorted()).toEqual(acts(death.appointments))
    expect(bench.effects(death)).toHaveLength(death.appointments.length)
  })

  test('twin: without looking the second run does not end as done', async () => {
    const item = bench.itemOf(bench.death('plain'))
    await bench.run(item)
    expect(await failureOf(bench.run(item, { looking: 'blind' }))).toMatchObject({
      code: 'appointment-changed',
    })
  })

  test('a press whose answer was lost is found again; the rest is still done', async () => {
    const death = bench.death('plain', 1)
    const item = bench.itemOf(death)
    expect(await failureOf(bench.run(item, { afterPress: answerLost }))).toMatchObject({
      code: 'answer-lost',
    })
    expect(bench.effects(death)).toHaveLength(1)
    const again = await bench.run(item)
    expect(again.acts.map(({ how }) => how)).toEqual([
      'already-there',
      ...death.appointments.slice(1).map(() => 'pressed'),
    ])
    expect(bench.effects(death)).toHaveLength(death.appointments.length)
  })

  test('what somebody else cancelled is not cancelled again; without appointments there is nothing to do', async () => {
    const death = bench.death('plain', 4)
    const item = bench.itemOf(death)
    const [first, ...rest] = death.appointments
    await bench.change(first ?? '', '/status', 'cancelled')
    const { pressed } = await bench.run(item, { shadow: true })
    expect(pressed).toEqual([])
    expect((await bench.run(item)).pressed.toSorted()).toEqual(acts(rest))
    const other = await bench.run(item, { marker: 'marker of another item' })
    expect([other.pressed, other.outcome.nothingToDo]).toEqual([[], true])
  })

  test('what lies in the past is left alone', async () => {
    const death = bench.death('plain', 5)
    const { outcome } = await bench.run(bench.itemOf(death), { today: '2999-01-01' })
    expect([outcome.nothingToDo, bench.effects(death)]).toEqual([true, []])
  })

  test('a server that fails but did it, or did it late, is looked at and not pressed again', async () => {
    for (const [place, kind] of [
      [6, 'error-but-applied'],
      [7, 'applied-late'],
    ] as const) {
      const death = bench.death('plain', place)
      const item = bench.itemOf(death)
      const failing = bench.systems.withFaults({ kinds: [kind], lateMs: 4 }, () => bench.run(item))
      expect(await failureOf(failing)).toMatchObject({ kind: 'unsure' })
      await expect.poll(() => bench.effects(death)).toHaveLength(1)
      expect((await bench.run(item)).pressed).toHaveLength(death.appointments.length - 1)
      expect(bench.effects(death)).toHaveLength(death.appointments.length)
    }
  })
})

describe('what is left to a person', () => {
  test.each([
    ['withdrawn', 'death-withdrawn'],
    ['merged', 'patient-merged'],
    ['in-progress', 'appointment-in-progress'],
  ] as const)('%s: nothing is cancelled', async (kind, code) => {
    const death = bench.death(kind)
    expect(await failureOf(bench.run(bench.itemOf(death)))).toMatchObject({ kind: 'business', code })
    expect(bench.effects(death)).toEqual([])
  })

  test.each([
    [{ birthDate: '1900-01-01' }, 'unexpected', 'patient-differs'],
    [{ familyName: 'Iemandanders' }, 'unexpected', 'patient-differs'],
    [{ hospitalNumber: '99' }, 'business', 'patient-unknown'],
  ] as const)('a patient who is not the one of the message: %j', async (change, kind, code) => {
    const death = bench.death('plain', 8)
    const { hospitalNumber, died, birthDate, familyName } = known(death)
    const item = { hospitalNumber, died, birthDate, familyName, ...change }
    expect(await failureOf(bench.run(item))).toMatchObject({ kind, code })
    expect(bench.effects(death)).toEqual([])
  })

  test('one attribute to compare is not enough', async () => {
    const death = bench.death('plain', 8)
    const { hospitalNumber, birthDate } = known(death)
    expect(await failureOf(bench.run({ hospitalNumber, birthDate }))).toMatchObject({
      code: 'patient-uncertain',
    })
  })

  test('no sentence holds anything of the patient', async () => {
    for (const kind of ['withdrawn', 'merged', 'in-progress'] as const) {
      const death = bench.death(kind, 1)
      const { message } = await failureOf(bench.run(bench.itemOf(death)))
      const { family, birthDate, zis } = patientOf(death)
      for (const secret of [family, birthDate, zis]) expect(message).not.toContain(secret)
    }
  })

  /** What a right message says of them. */
  function known(death: PlannedDeath) {
    const { birthDate, family } = patientOf(death)
    return { hospitalNumber: death.zis, died: '2026-11-20', birthDate, familyName: family }
  }
})
