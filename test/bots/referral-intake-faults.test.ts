import { afterAll, beforeAll, describe, expect, test, vi } from 'vitest'
import type { FaultKind } from '../practice-hospital/faults.ts'
import { openReferrals } from '../practice-hospital/portal/referrals.ts'
import { KNOWN_DONE, NEW_DONE, onlyPage, openCases } from './referral-intake-cases.ts'
import type { Cases, Options } from './referral-intake-cases.ts'

let cases: Cases
/** Referrals of a known and of a new patient about which nothing is ever done. */
let known: string
let fresh: string

beforeAll(async () => {
  cases = await openCases(30)
  known = cases.take('known-patient')
  fresh = cases.take('new-patient')
})

afterAll(() => cases[Symbol.asyncDispose]())

const calm = () => void cases.all.hospital.faults.configure({ rate: 0, kinds: [] })

/** Runs with one page going wrong while this act is prepared: the n-th that is asked for from then on. */
async function withPage(number: string, act: string, page: ReturnType<typeof onlyPage>, more: Options = {}) {
  const beforePrepare = (now: string) => {
    if (now === act) cases.all.hospital.faults.configure(page)
  }
  return cases.run(number, { ...more, beforePrepare, beforePress: calm }).finally(calm)
}

/** Runs with every press of this act going wrong. */
async function withPress(
  number: string,
  act: string,
  kind: FaultKind,
  { shows = 'status' }: { shows?: 'status' | 'reset' } = {},
) {
  const beforePress = (now: string) => {
    if (now === act)
      cases.all.hospital.faults.configure({ rate: 1, kinds: [kind], shows: [shows], lateMs: 400 })
  }
  return cases.run(number, { beforePress })
}

describe('a page that is not what the robot knows: nothing is pressed', () => {
  const REGISTER = 'register the referral'

  test.each([
    [
      'a label was renamed in the first page of the wizard',
      REGISTER,
      onlyPage('page-changed', 3, 0),
      'field-missing',
    ],
    [
      'the first page of the wizard asks for something new',
      REGISTER,
      onlyPage('page-changed', 3, 2),
      'field-required',
    ],
    ['the wizard begins for another patient', REGISTER, onlyPage('other-patient', 2), 'another-patient'],
    [
      'the portal shows another patient at the second look',
      REGISTER,
      onlyPage('other-patient', 1),
      'another-patient',
    ],
  ])('%s', async (_what, act, page, code) => {
    const { failure, pressed } = await withPage(known, act, page)
    expect(failure).toMatchObject({ kind: 'unexpected', code })
    expect(pressed).toEqual([])
    expect(cases.effects(known)).toEqual([])
  })

  test.each([
    ['a label was renamed', onlyPage('page-changed', 2, 0), 'field-missing'],
    ['something new is asked for', onlyPage('page-changed', 2, 2), 'field-required'],
  ])('registering a new patient: %s', async (_what, page, code) => {
    const { failure, pressed } = await withPage(fresh, 'register the patient', page)
    expect(failure).toMatchObject({ kind: 'unexpected', code })
    expect(pressed).toEqual([])
    expect(cases.effects(fresh)).toEqual([])
  })

  test('the portal showed another patient at the first look', async () => {
    // Asked for: the inbox on signing in, the referral.
    cases.all.hospital.faults.configure(onlyPage('other-patient', 2))
    const { failure, pressed } = await cases.run(cases.take('known-patient')).finally(calm)
    expect(failure).toMatchObject({ kind: 'unexpected', code: 'another-patient' })
    expect(pressed).toEqual([])
  })

  test('the file shows another patient', async () => {
    // Asked for: the inbox, the referral, its letter, the search on signing in and again, its results, the file, its frame.
    const letter = openReferrals(cases.all.hospital).get(known)?.letter === 'pdf' ? 1 : 0
    cases.all.hospital.faults.configure(onlyPage('other-patient', 7 + letter))
    const { failure } = await cases.run(known).finally(calm)
    expect(failure).toMatchObject({ kind: 'unexpected', code: 'another-patient' })
  })
})

describe('a page that only moved', () => {
  test('fields that changed places are filled in rightly, and a renamed one that the hospital named again', async () => {
    const number = cases.take('known-patient')
    const swapped = await withPage(number, 'register the referral', onlyPage('page-changed', 3, 1))
    expect(swapped.failure).toBeUndefined()
    expect(cases.effects(number)).toEqual(KNOWN_DONE)

    const other = cases.take('known-patient')
    const web = { locators: { 'wizard.referralNumber': { label: 'Nummer verwijzing' } } }
    const renamed = await withPage(other, 'register the referral', onlyPage('page-changed', 3, 0), { web })
    expect(renamed.failure).toBeUndefined()
    expect(cases.effects(other)).toEqual(KNOWN_DONE)
  })
})

describe('a page that is not answered', () => {
  test.each([
    ['the wizard', 2],
    ['a page that was sent', 4],
  ])('but with an error, at %s: transient, nothing pressed', async (_where, n) => {
    const page = { ...onlyPage('error-not-applied', n), shows: ['status' as const] }
    const { failure, pressed } = await withPage(known, 'register the referral', page)
    expect(failure).toMatchObject({ kind: 'transient', code: 'server-error' })
    expect(pressed).toEqual([])
    expect(cases.effects(known)).toEqual([])
  })

  test('but broken off, each time that the browser asks: transient, nothing pressed', async () => {
    const page = { rate: 1, kinds: ['error-not-applied' as const], shows: ['reset' as const], seed: 1 }
    const { failure, pressed } = await withPage(known, 'register the referral', page)
    expect(failure).toMatchObject({ kind: 'transient', code: 'connection-broken' })
    expect(pressed).toEqual([])
  })
})

describe('the press', () => {
  test.each(['register the referral', 'mark it handled', 'file the letter'])(
    'was done but answered with an error, "%s": confirmed by looking, or found the next time',
    async (act) => {
      const number = cases.take('known-patient')
      await withPress(number, act, 'error-but-applied')
      calm()
      const again = await cases.run(number)
      expect(again.failure).toBeUndefined()
      expect(again.pressed).not.toContain(act)
      expect(cases.effects(number)).toEqual(KNOWN_DONE)
    },
  )

  test('registered a new patient but answered with an error: found, and still a new patient', async () => {
    const number = cases.take('new-patient')
    await withPress(number, 'register the patient', 'error-but-applied')
    calm()
    const again = await cases.run(number)
    expect([again.variant, again.failure]).toEqual(['new-patient', undefined])
    expect(cases.effects(number)).toEqual(NEW_DONE)
  })

  test('was asked to be confirmed once more: not pressed a second time, and done by the next run', async () => {
    const number = cases.take('known-patient')
    const { failure, pressed } = await withPress(number, 'register the referral', 'double-confirmation')
    calm()
    expect(failure).toMatchObject({ kind: 'unsure', code: 'extra-confirmation' })
    expect(pressed).toEqual(['register the referral'])
    expect(cases.effects(number)).toEqual([])
    expect((await cases.run(number)).failure).toBeUndefined()
    expect(cases.effects(number)).toEqual(KNOWN_DONE)
  })

  test('was done later than answered: it fails now, and is found afterwards', async () => {
    const number = cases.take('known-patient')
    const { failure } = await withPress(number, 'register the referral', 'applied-late')
    calm()
    expect(failure).toBeDefined()
    await vi.waitFor(() => expect(cases.effects(number)).toContain('referral-registered'), {
      timeout: 10_000,
    })
    expect((await cases.run(number)).pressed).not.toContain('register the referral')
    expect(cases.effects(number)).toEqual(KNOWN_DONE)
  })

  test('was not done: the next run does it once', async () => {
    const number = cases.take('known-patient')
    expect((await withPress(number, 'register the referral', 'error-not-applied')).failure).toBeDefined()
    calm()
    expect(cases.effects(number)).toEqual([])
    expect((await cases.run(number)).failure).toBeUndefined()
    expect(cases.effects(number)).toEqual(KNOWN_DONE)
  })

  test('broke the connection although it was done: one effect, found the next time', async () => {
    const number = cases.take('known-patient')
    const broken = { kind: 'error-but-applied', shows: 'reset' } as const
    const { pressed } = await withPress(number, 'register the referral', broken.kind, { shows: broken.shows })
    calm()
    expect(pressed).toContain('register the referral')
    expect((await cases.run(number)).failure).toBeUndefined()
    expect(cases.effects(number)).toEqual(KNOWN_DONE)
  })
})

test('a session that ends in the middle of the wizard is transient, and nothing was registered', async () => {
  const page = onlyPage('session-expired', 5)
  const { failure, pressed } = await withPage(known, 'register the referral', page)
  expect(failure).toMatchObject({ kind: 'transient', code: 'session-expired' })
  expect(pressed).toEqual([])
  expect(cases.effects(known)).toEqual([])
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
