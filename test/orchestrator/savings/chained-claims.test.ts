import { sql } from 'kysely'
import { expect, test } from 'vitest'
import { finishItem } from '../../../orchestrator/ledger/finish.ts'
import { addChain } from '../../../orchestrator/savings/chains.ts'
import { finish, HOSPITAL, openClaiming, type Claiming } from './claiming.ts'

const doneAs = (variant: string) => ({
  ...{ variant, outcome: 'done' as const, share: 1, lastAct: undefined, followUps: [] },
})

/** A chain of these deployments by their shares, of the first one's baseline. */
const chainOf = (
  { db, today }: Claiming,
  shares: Readonly<Record<string, number>>,
  variants: readonly string[] = ['plain'],
) =>
  addChain(
    db,
    { account: 'u-1', today },
    {
      ...{ hospital: HOSPITAL, name: 'referral', baselineDeployment: 'intake', baselineVariant: 'plain' },
      validFrom: today,
      parts: Object.entries(shares).flatMap(([deployment, share]) =>
        variants.map((variant) => ({ deployment, variant, share })),
      ),
    },
  )

test('parts of a chain share a case, and both count their share of it', async () => {
  await using claiming = await openClaiming()
  await chainOf(claiming, { intake: 0.75, letter: 0.25 })
  await claiming.done('intake', 'C-1')
  await claiming.done('letter', 'C-1')
  await claiming.done('check', 'C-1') // no part of it
  expect(await claiming.counted()).toMatchObject({ intake: [4.5, 0], letter: [1.5, 0], check: [0, 1] })
  expect(await claiming.differences()).toEqual([])
})

test('each part of a chain counts its share of a case once, and nothing counts beside them', async () => {
  await using claiming = await openClaiming()
  await chainOf(claiming, { intake: 0.75, letter: 0.25 })
  for (const deployment of ['intake', 'letter', 'letter', 'intake']) await claiming.done(deployment, 'C-1')
  expect(await claiming.counted()).toMatchObject({ intake: [4.5, 1], letter: [1.5, 1] })
  expect(await claiming.differences()).toEqual([])
})

test.each([
  ['the claimant itself', ['intake plain', 'intake urgent', 'letter urgent', 'letter plain']],
  ['another one', ['letter urgent', 'letter plain', 'intake urgent', 'intake plain', 'intake urgent']],
])(
  'a case that is several variants to one deployment of a chain, %s, counts one baseline',
  async (_of, done) => {
    await using claiming = await openClaiming()
    await chainOf(claiming, { intake: 0.75, letter: 0.25 }, ['plain', 'urgent'])
    const finishNext = async (each: string) => {
      const [deployment = '', variant = ''] = each.split(' ')
      await finishItem(claiming.db, await claiming.hold(deployment, 'C-1'), doneAs(variant), [])
    }
    for (const each of done) await finishNext(each)
    const counted = await claiming.counted()
    expect((counted['intake']?.[0] ?? 0) + (counted['letter']?.[0] ?? 0)).toBe(6) // 4.5 + 1.5
    expect((counted['intake']?.[1] ?? 0) + (counted['letter']?.[1] ?? 0)).toBe(done.length - 2)
    expect(await claiming.differences()).toEqual([])
    // The twin: where two variants of a deployment count, the recount names both.
    await sql`DELETE FROM claim_part`.execute(claiming.db)
    await finishNext(done.at(-1) ?? '')
    const twice = expect.stringContaining('counts a case that others count too')
    expect(await claiming.differences()).toEqual([twice, twice])
  },
)

test('beside a variant that is no part of the chain no part of it counts', async () => {
  await using claiming = await openClaiming()
  await chainOf(claiming, { intake: 0.75, letter: 0.25 })
  const [whole, part] = [await claiming.hold('intake', 'C-1'), await claiming.hold('letter', 'C-1')]
  await finishItem(claiming.db, whole, doneAs('other'), [])
  await finish(claiming.db, part)
  const credits = await claiming.db.selectFrom('credit').select(['deployment', 'kind']).execute()
  expect(credits).toEqual([
    { deployment: 'intake', kind: 'regular' },
    { deployment: 'letter', kind: 'left-out' },
  ])
  expect(await claiming.differences()).toEqual([])
})

test('parts of a chain that finish a case in the same moment, several times each, count it once each', async () => {
  await using claiming = await openClaiming()
  await chainOf(claiming, { intake: 0.75, letter: 0.25 })
  const cases = Array.from({ length: 6 }, (_, index) => `C-${index}`)
  const names = ['intake', 'letter', 'intake', 'letter', 'check']
  const holds = await Promise.all(cases.flatMap((of) => names.map((name) => claiming.hold(name, of))))
  await Promise.all(holds.map((hold) => finish(claiming.db, hold)))
  // One that was no part of the chain may have been the first; then nothing else counts of that case.
  const counted = Object.values(await claiming.counted())
  const alone = (await claiming.counted())['check']?.[0] ?? 0
  const gross = counted.reduce((sum, [minutes]) => sum + minutes, 0)
  expect(gross).toBe(6 * 6) // a whole baseline for each case, by one or shared
  expect(counted.reduce((sum, [, left]) => sum + left, 0)).toBe(6 * 3 + alone / 6)
  expect(await claiming.differences()).toEqual([])
})
