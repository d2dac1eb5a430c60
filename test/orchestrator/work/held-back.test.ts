import { sql } from 'kysely'
import { describe, expect, test } from 'vitest'
import type { Bot } from '../../../bots/bot.ts'
import { releaseSystem, holdSystem } from '../../../orchestrator/ledger/system-state.ts'
import type { ItemRow } from '../../../orchestrator/ledger/tables.ts'
import { openBench, registerAct, testBot, type Bench } from './bench.ts'
import { nobody, putTelling } from './hl7-bench.ts'
import { startTarget, type Target } from './target.ts'
import { openerOf } from './telling-bot.ts'

const ADA = { hospital: 'oost', account: 'ada' }

/** Takes the work away from a deployment that has a system, and gives it back. */
const WAYS: Record<
  string,
  {
    readonly take: (bench: Pick<Bench, 'db'>) => Promise<unknown>
    readonly give: (bench: Pick<Bench, 'db'>) => Promise<unknown>
  }
> = {
  'stopped deployment': {
    take: ({ db }) => sql`UPDATE deployment SET stopped_at = now(), stopped_reason = 'odd'`.execute(db),
    give: ({ db }) => sql`UPDATE deployment SET stopped_at = NULL, stopped_reason = NULL`.execute(db),
  },
  'deployment that is off': {
    take: ({ db }) => sql`UPDATE deployment SET mode = 'off'`.execute(db),
    give: ({ db }) => sql`UPDATE deployment SET mode = 'live'`.execute(db),
  },
  'held system': {
    take: ({ db }) => holdSystem(db, ADA, 'ris', { reason: 'release', until: null }),
    give: ({ db }) => releaseSystem(db, ADA, 'ris'),
  },
}

/** A bench whose deployment has a system; the acts of these tests are done elsewhere. */
async function openHolding() {
  const bench = await openBench()
  await putTelling(bench.db, await nobody(), { application: 'RIS' })
  const opener = openerOf(bench.db)
  return {
    ...bench,
    go: (bot: Bot, item: string) => bench.go(bot, item, { opener }),
    run: (bot: Bot, item: ItemRow) => bench.run(bot, item, { opener }),
    async [Symbol.asyncDispose]() {
      await opener.close()
      await bench[Symbol.asyncDispose]()
    },
  }
}

const twoActs = (target: Target, between: () => Promise<unknown> = () => Promise.resolve()): Bot =>
  testBot(async ({ act, step, marker }, value) => {
    await act('a', registerAct(target, `${marker}-a`, value))
    await step('look around', between)
    await act('b', registerAct(target, `${marker}-b`, value))
  })

const values = (target: Target) => target.entries.map(({ marker }) => marker.slice(-1))

describe.each(Object.entries(WAYS))('at a %s', (_what, { take, give }) => {
  test('the next act is not pressed: the item goes back as if that attempt was not made, and is ended later', async () => {
    await using bench = await openHolding()
    await using target = await startTarget()
    const item = await bench.addItem('R-1')
    expect(
      await bench.go(
        twoActs(target, () => take(bench)),
        item,
      ),
    ).toBe('queued')
    expect(values(target)).toEqual(['a'])
    expect(await bench.row(item)).toMatchObject({ state: 'queued', attempt: 0, worker: null })
    await expect(bench.claim(item)).rejects.toThrow('could not be claimed')
    expect(await bench.db.selectFrom('alarm').selectAll().execute()).toEqual([])
    await give(bench)
    expect(await bench.go(twoActs(target), item)).toBe('done')
    expect(values(target)).toEqual(['a', 'b'])
  })

  test('what comes behind an act that was looked up is not pressed either', async () => {
    await using bench = await openHolding()
    await using target = await startTarget()
    const item = await bench.addItem('R-1')
    target.next.push('none', 'applied-but-failed')
    expect(await bench.go(twoActs(target), item)).toBe('unsure')
    const looked = await bench.claim(item)
    expect(
      await bench.run(
        twoActs(target, () => take(bench)),
        looked,
      ),
    ).toBe('queued')
    expect(values(target)).toEqual(['a'])
    await give(bench)
    expect(await bench.go(twoActs(target), item)).toBe('done')
    expect(values(target)).toEqual(['a', 'b'])
  })
})

test.each([
  ['stopped deployment', true],
  ['deployment that is off', false],
  ['held system', false],
])('an unsure press at a %s is looked up: %s', async (what, looked) => {
  await using bench = await openHolding()
  await using target = await startTarget()
  const item = await bench.addItem('R-1')
  target.next.push('none', 'applied-but-failed')
  await bench.go(twoActs(target), item)
  await WAYS[what]?.take(bench)
  if (looked) expect(await bench.go(twoActs(target), item)).toBe('queued')
  else await expect(bench.claim(item)).rejects.toThrow('could not be claimed')
  expect((await bench.row(item)).state).toBe(looked ? 'queued' : 'unsure')
  expect(values(target)).toEqual(['a'])
})

test('a deployment that is turned down to shadow presses no further act of what it has in hand: a person gets the half-done item', async () => {
  await using bench = await openHolding()
  await using target = await startTarget()
  const item = await bench.addItem('R-1')
  const turnDown = () => sql`UPDATE deployment SET mode = 'shadow'`.execute(bench.db)
  expect(await bench.go(twoActs(target, turnDown), item)).toBe('queued')
  expect(values(target)).toEqual(['a'])
  expect(await bench.go(twoActs(target), item)).toBe('parked')
  expect(await bench.row(item)).toMatchObject({ code: 'half-done' })
  expect(values(target)).toEqual(['a'])
})
