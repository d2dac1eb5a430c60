import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import bot from '../../bots/insurance-check/bot.ts'
import { checkInsurance } from '../../bots/insurance-check/insurer-portal.ts'
import { failureOf, runBot } from './bot-tools.ts'
import { MARKER_SYSTEM, openInsuranceBench, SETTINGS, type InsuranceBench } from './insurance-check-bench.ts'

let bench: InsuranceBench
beforeAll(async () => {
  bench = await openInsuranceBench()
})
afterAll(() => bench[Symbol.asyncDispose]())

describe('a portal that is not as the robot knows it', () => {
  type Kind = 'other-patient' | 'page-changed' | 'error-not-applied' | 'session-expired'

  /** A seed with which the form (first page) and the result (second) are changed in these ways. */
  function seedFor(form: number, result: readonly number[]): number {
    const { faults } = bench.systems.hospital
    for (let seed = 1; seed < 200; seed++) {
      faults.configure({ rate: 1, kinds: ['page-changed'], seed })
      const [first, second = -1] = [faults.draw('page')?.variant, faults.draw('page')?.variant]
      faults.configure({ rate: 0 })
      if (first === form && result.includes(second)) return seed
    }
    throw new Error('There is no such seed.')
  }

  /** Signed in before the portal misbehaves, so that the fault meets the check and not the sign-in. */
  async function runWith(kinds: readonly Kind[], seed: number) {
    const item = bench.itemWith('as-known', 1)
    await using own = await bench.systems.forItem()
    const page = await own.insurer.page()
    await page.goto('about:blank')
    const tools = {
      systems: { fhir: bench.systems.fhir, portal: own.insurer },
      settings: SETTINGS,
      today: bench.systems.hospital.firstDay,
    }
    const marker = `fault-${kinds.join()}-${seed}`
    const work = bench.systems.withFaults({ kinds, seed }, () => runBot(bot, item, { ...tools, marker }))
    const error = await work.then(
      () => undefined,
      (reason: unknown) => reason,
    )
    const stored = await bench.systems.fhir.find('Coverage', { system: MARKER_SYSTEM, value: marker })
    return { stored: stored.length, failure: error && (await own.insurer.failure(error)) }
  }

  const RENAMED = 0
  const SWAPPED = 1
  const ADDED = 2

  test('another person on the page stops it before anything is pressed', async () => {
    const { failure, stored } = await runWith(['other-patient'], 1)
    expect([failure, stored]).toMatchObject([{ kind: 'unexpected', code: 'another-patient' }, 0])
  })

  test('a form with a renamed or an added field, and a result with a renamed one, stop it', async () => {
    const form = await runWith(['page-changed'], seedFor(RENAMED, [SWAPPED, ADDED]))
    expect(form).toMatchObject({ stored: 0, failure: { kind: 'unexpected', code: 'field-missing' } })
    const added = await runWith(['page-changed'], seedFor(ADDED, [SWAPPED, ADDED]))
    expect(added).toMatchObject({ stored: 0, failure: { kind: 'unexpected', code: 'field-required' } })
    const result = await runWith(['page-changed'], seedFor(SWAPPED, [RENAMED]))
    expect(result).toMatchObject({ stored: 0, failure: { kind: 'unexpected', code: 'page-unexpected' } })
  })

  test('fields in another order do not matter', async () => {
    const { failure, stored } = await runWith(['page-changed'], seedFor(SWAPPED, [SWAPPED, ADDED]))
    expect([failure, stored]).toEqual([undefined, 1])
  })

  test('an error of the portal and an ended session are tried again later', async () => {
    const error = await runWith(['error-not-applied'], 3)
    expect(error).toMatchObject({ stored: 0, failure: { kind: 'transient' } })
    const ended = await runWith(['session-expired'], 3)
    expect(ended).toMatchObject({ stored: 0, failure: { kind: 'transient', code: 'session-expired' } })
  })

  test('what the portal does not accept stops it', async () => {
    const { date } = bench.itemWith('as-known', 1)
    await using own = await bench.systems.forItem()
    const nobody = { bsn: '123456789', birthDate: '1948-03-09' }
    const failure = await failureOf(checkInsurance(own.insurer, nobody, date))
    expect(failure).toMatchObject({ kind: 'unexpected', code: 'check-refused' })
  })

  test('a label that is called otherwise at a hospital is a setting of its system', async () => {
    const item = bench.itemWith('as-known', 1)
    await using own = await bench.systems.forItem({
      locators: { 'insurer.form.bsn': { label: 'Sofinummer' } },
    })
    const given = {
      systems: { fhir: bench.systems.fhir, portal: own.insurer },
      settings: SETTINGS,
      today: bench.systems.hospital.firstDay,
    }
    const failure = await failureOf(runBot(bot, item, given))
    expect(failure).toMatchObject({ code: 'field-missing', message: expect.stringContaining('"Sofinummer"') })
  })
})
