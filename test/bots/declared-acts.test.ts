import { expect, test } from 'vitest'
import { z } from 'zod'
import { defineBot, type Bot } from '../../bots/bot.ts'
import { bots } from '../../bots/index.ts'
import { openDeathsBench } from './deceased-appointments-bench.ts'
import { openInsuranceBench } from './insurance-check-bench.ts'
import { botTools, type ActSeen } from './bot-tools.ts'
import { openCases } from './referral-intake-cases.ts'

const declared = (bot: string) => Object.keys(bots.get(bot)?.acts ?? {}).toSorted()
const names = (acts: readonly ActSeen[]) =>
  [...new Set(acts.map(({ act }) => act.replace(/:.*/, '')))].toSorted()

test('every bot of the catalogue declares its acts, and what each of its systems is and must allow', () => {
  for (const bot of bots.values()) {
    expect(declared(bot.name)).not.toEqual([])
    expect(Object.keys(bot.systemRoles ?? {}).toSorted()).toEqual(Object.keys(bot.systems).toSorted())
  }
})

test('the acts that referral-intake declares are those it carries out', async () => {
  await using cases = await openCases(30)
  const known = await cases.run(cases.take('known-patient'))
  const unknown = await cases.run(cases.take('new-patient'))
  expect(names([...known.acts, ...unknown.acts])).toEqual(declared('referral-intake'))
})

test('the acts that insurance-check declares are those it carries out', async () => {
  await using bench = await openInsuranceBench()
  const { acts } = await bench.run(bench.itemWith('as-known'))
  expect(names(acts)).toEqual(declared('insurance-check'))
})

test('the acts that deceased-appointments declares are those it carries out', async () => {
  await using bench = await openDeathsBench()
  const { acts } = await bench.run(bench.itemOf(bench.death('plain')))
  expect(names(acts)).toEqual(declared('deceased-appointments'))
})

const press = () => Promise.resolve()
const confirm = () => Promise.resolve('1')
const find = () => Promise.resolve([])

test.each([
  ['an act of another name', { other: { verifiable: true } }, true],
  ['one that it cannot look up although it says so', { save: { verifiable: true } }, false],
  ['one that it can look up although it says not', { save: { verifiable: false } }, true],
])('a bot cannot carry out %s', async (_what, acts, finds) => {
  const { seen, failed } = await runSaving(acts, finds)
  expect(failed).toMatch(/"save" otherwise than it declares/)
  expect(seen.pressed).toEqual([])
})

test('what it declares goes through, and so does everything when it declares nothing', async () => {
  expect((await runSaving({ save: { verifiable: true } }, true)).seen.pressed).toEqual(['save'])
  expect((await runSaving(undefined, false)).seen.pressed).toEqual(['save'])
})

async function runSaving(acts: Record<string, { verifiable: boolean }> | undefined, finds: boolean) {
  const title = { nl: 'Opslaan', en: 'Save' }
  const all = acts && Object.fromEntries(Object.entries(acts).map(([name, act]) => [name, { title, ...act }]))
  const bot: Bot = defineBot({
    ...{ name: 'saving', title, purpose: title, activity: 'reporting', variants: { plain: title } },
    ...{ settings: z.object({}), systems: {}, item: z.object({}), reference: () => '1' },
    ...(all && { acts: all }),
    async process(_item, { act }) {
      await act('save', { payload: {}, press, confirm, ...(finds && { find }) })
      return { variant: 'plain' }
    },
  })
  const { tools, seen } = botTools({ systems: {}, settings: {}, today: '2026-11-21' })
  const failed = await bot.process({}, tools).then(
    () => '',
    (error: unknown) => String(error),
  )
  return { seen, failed }
}
