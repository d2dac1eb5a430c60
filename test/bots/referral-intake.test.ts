import { afterAll, beforeAll, describe, expect, test, vi } from 'vitest'
import bot from '../../bots/referral-intake/bot.ts'
import { openRegistrations } from '../practice-hospital/epd/registrations.ts'
import { openReferrals } from '../practice-hospital/portal/referrals.ts'
import { answerLost } from './bot-tools.ts'
import {
  KNOWN_DONE,
  markerOf,
  NEW_DONE,
  openCases,
  referralOf,
  SETTINGS,
  TODAY,
} from './referral-intake-cases.ts'
import type { Cases } from './referral-intake-cases.ts'

let cases: Cases

beforeAll(async () => {
  cases = await openCases(30)
})

afterAll(() => cases[Symbol.asyncDispose]())

async function collect(settings: object): Promise<unknown[]> {
  await using opened = await cases.all.forItem()
  const { portal, epd, fhir } = opened
  const found: unknown[] = []
  const tools = {
    systems: { portal, epd, fhir },
    settings,
    today: TODAY,
    signal: new AbortController().signal,
  }
  const items = bot.collect?.({ ...tools, step: (_name, read) => read() })
  if (items) for await (const item of items) found.push(item)
  return found
}

describe('collecting', () => {
  test('finds the new referrals of all pages, and no more of them than what identifies the case', async () => {
    const found = await collect(SETTINGS)
    expect(found).toHaveLength(30)
    expect(found[0]).toEqual({
      referralNumber: 'R-1001',
      referralDate: referralOf(cases, 'R-1001').date,
      specialty: referralOf(cases, 'R-1001').specialism,
    })
    expect(found.map((item) => bot.reference(bot.readItem(item)))).toContain('R-1030')
  })

  test('reads no more pages than the settings allow', async () => {
    expect(await collect({ ...SETTINGS, maxInboxPages: 1 })).toHaveLength(25)
  })
})

describe('a known patient', () => {
  test('is registered, filed and handled once; a second run finds all of it; one that does not look doubles it', async () => {
    const number = cases.take('known-patient')
    const first = await cases.run(number)
    expect(first.failure).toBeUndefined()
    expect(first.variant).toBe('known-patient')
    expect(first.acts.map(({ act, how }) => [act, how])).toEqual([
      ['register the referral', 'pressed'],
      ['file the letter', 'pressed'],
      ['mark it handled', 'pressed'],
    ])
    expect(cases.effects(number)).toEqual(KNOWN_DONE)
    const [registered] = openRegistrations(cases.all.hospital).find(number, markerOf(number))
    const referral = referralOf(cases, number)
    expect(registered).toMatchObject({
      ...{ specialism: referral.specialism, urgency: referral.urgency, referralDate: referral.date },
      ...{ reason: referral.reason, referrerAgb: referral.referrerAgb },
      zis: cases.all.hospital.patients.byBsn(referral.patient.bsn)?.zis,
    })
    expect(referral.handled).toEqual({ registration: registered?.number, marker: markerOf(number) })

    const second = await cases.run(number)
    expect(second.pressed).toEqual([])
    expect(second.acts.map(({ reference }) => reference)).toEqual(
      first.acts.map(({ reference }) => reference),
    )
    expect(second.variant).toBe('known-patient')

    const blind = await cases.run(number, { looking: 'blind' })
    expect(blind.pressed).toContain('register the referral')
    expect(cases.effects(number)).toEqual([...KNOWN_DONE, 'referral-registered'])
  })

  test('who died is parked, and so is one whose file has no BSN', async () => {
    const { patients } = cases.all.hospital
    for (const change of [{ deceasedAt: '2026-01-05T10:00:00.000Z' }, { bsn: '' }]) {
      const number = cases.take('known-patient')
      const patient = patients.byBsn(referralOf(cases, number).patient.bsn)
      if (!patient) throw new Error('The patient of the referral is not known.')
      patients.put({ ...patient, ...change })
      const { failure } = await cases.run(number)
      patients.put(patient)
      expect(failure).toMatchObject({ kind: 'business', code: 'patient-uncertain' })
      expect(cases.effects(number)).toEqual([])
    }
  })

  test('is not registered when somebody registered the same referral by hand', async () => {
    const number = cases.take('known-patient')
    const { specialism, urgency, referrerAgb, date: referralDate, reason } = referralOf(cases, number)
    const byHand = { zis: '4100049', referralNumber: number, marker: '', specialism, urgency, referrerAgb }
    openRegistrations(cases.all.hospital).add({ ...byHand, referralDate, reason }, 'balie')
    const { failure, pressed } = await cases.run(number)
    expect(failure).toMatchObject({ kind: 'business', code: 'found-different' })
    expect(pressed).toEqual([])
  })
})

describe('a new patient', () => {
  test('interrupted after each act, ends with one effect of each and stays a new patient', async () => {
    const number = cases.take('new-patient')
    const effects = {
      'register the patient': 'patient-registered',
      'register the referral': 'referral-registered',
      'file the letter': 'letter-filed',
      'mark it handled': 'referral-handled',
    }
    /** Loses the answer when the effect is there: a page that is closed at once may not have sent anything yet. */
    const loseAnswer = async (effect: string, times: number) => {
      const seen = () => cases.effects(number).filter((kind) => kind === effect)
      await vi.waitFor(() => expect(seen()).toHaveLength(times), { timeout: 20_000 })
      answerLost()
    }
    for (const [act, effect] of Object.entries(effects)) {
      const afterPress = (pressed: string) => (pressed === act ? loseAnswer(effect, 1) : undefined)
      const { pressed, failure } = await cases.run(number, { afterPress })
      expect([pressed, failure?.code]).toEqual([[act], 'answer-lost'])
    }
    const last = await cases.run(number)
    expect(last.failure).toBeUndefined()
    expect([last.variant, last.pressed]).toEqual(['new-patient', []])
    const acts = Object.keys(effects)
    expect(last.acts.map(({ act, how }) => `${act}: ${how}`)).toEqual(
      acts.map((act) => `${act}: already-there`),
    )
    expect(cases.effects(number)).toEqual(NEW_DONE)

    await cases.run(number, { looking: 'blind', afterPress: () => loseAnswer('patient-registered', 2) })
    expect(cases.effects(number)).toEqual([...NEW_DONE, 'patient-registered'].toSorted())
  })

  test('is registered with all that the referral says', async () => {
    const number = cases.take('new-patient')
    const { failure, variant, acts } = await cases.run(number)
    expect(failure).toBeUndefined()
    expect(variant).toBe('new-patient')
    const { partner, ...patient } = referralOf(cases, number).patient
    const made = cases.all.hospital.patients.get(acts[0]?.reference ?? '')
    expect(made).toMatchObject({ ...patient, externalMarker: markerOf(number) })
    const shown = [partner?.prefix, partner?.family].filter(Boolean).join(' ')
    expect(made?.partner?.family ?? '').toBe(shown)
    expect(cases.effects(number)).toEqual(NEW_DONE)
  })

  test('counts as known when somebody else registered them between looking and registering', async () => {
    const number = cases.take('new-patient')
    const { patients } = cases.all.hospital
    const beforePrepare = (act: string) => {
      if (act === 'register the patient')
        patients.put({ ...referralOf(cases, number).patient, zis: patients.newZis() })
    }
    const afterPress = () => answerLost()
    const { failure } = await cases.run(number, { beforePrepare, beforePress: answerLost, afterPress })
    expect(failure?.code).toBe('answer-lost')
    expect(await cases.run(number)).toMatchObject({ variant: 'known-patient', failure: undefined })
    expect(cases.effects(number)).toEqual(KNOWN_DONE)
  })
})

describe('parked with nothing done', () => {
  test.each([
    ['unreadable letter', 'letter-unreadable'],
    ['patient not certain', 'patient-uncertain'],
    ['patient not certain', 'patient-uncertain'],
    ['unknown specialty', 'specialty-unknown'],
  ] as const)('%s: %s', async (outcome, code) => {
    const number = cases.take(outcome)
    expect((await cases.run(number)).failure).toMatchObject({ kind: 'business', code })
    expect(cases.effects(number)).toEqual([])
  })

  test('a letter that is larger than the settings allow', async () => {
    const number =
      openReferrals(cases.all.hospital)
        .all()
        .find(({ letter }) => letter === 'pdf')?.number ?? ''
    const { failure } = await cases.run(number, { settings: { ...SETTINGS, maxLetterMegabytes: 0.0001 } })
    expect(failure).toMatchObject({ kind: 'business', code: 'download-too-large' })
  })

  test('a referral that the portal does not have, and one of which it says otherwise than its inbox', async () => {
    expect((await cases.run('R-9999')).failure).toMatchObject({
      kind: 'business',
      code: 'referral-withdrawn',
    })
    const number = cases.take('known-patient')
    const { failure } = await cases.run(number, { item: { referralDate: '2020-01-01' } })
    expect(failure).toMatchObject({ kind: 'unexpected', code: 'another-referral' })
  })

  test('settings and items that are not as they should be', async () => {
    const { failure } = await cases.run('R-1001', { settings: { ...SETTINGS, specialties: [] } })
    expect(failure).toMatchObject({ kind: 'business', code: 'field-invalid' })
    expect(() => bot.readItem({ referralNumber: '../patienten' })).toThrow('Field referralNumber')
  })
})

test('a referral that somebody else handled is no work any more', async () => {
  const number = cases.take('known-patient')
  const referral = referralOf(cases, number)
  openReferrals(cases.all.hospital).put(number, {
    ...referral,
    handled: { registration: 'REG-1', marker: 'balie' },
  })
  expect(await cases.run(number)).toMatchObject({ nothingToDo: true, pressed: [], failure: undefined })
})

test('in shadow nothing is pressed, whether the patient is known or new', async () => {
  for (const variant of ['known-patient', 'new-patient'] as const) {
    const number = cases.take(variant)
    const seen = await cases.run(number, { shadow: true })
    expect(seen.failure).toBeUndefined()
    expect([seen.variant, seen.pressed]).toEqual([variant, []])
    expect(seen.acts.map(({ how }) => how)).toEqual(
      variant === 'new-patient' ? ['shadow'] : ['shadow', 'shadow', 'shadow'],
    )
    expect(cases.effects(number)).toEqual([])
  }
})

test('no sentence that a run failed with says who the patient is', () => {
  const { sentences, all } = cases
  const told = openReferrals(all.hospital)
    .all()
    .flatMap(({ patient }) => [patient.family, patient.bsn, patient.given])
  expect(sentences.length).toBeGreaterThan(8)
  const words = new Set(sentences.flatMap((sentence) => sentence.split(/[^\p{L}\d]+/u)))
  expect(told.filter((name) => name !== '' && words.has(name))).toEqual([])
})
