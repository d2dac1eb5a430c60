import { setTimeout as wait } from 'node:timers/promises'
import { z } from 'zod'
import { defineBot, type Act, type Bot } from '../../bots/bot.ts'
import { Failure } from '../../connectors/failure.ts'
import type { PressGuard } from '../../connectors/press-guard.ts'
import { asksAgain, foundEntries, receivedNumber, type Entry, type Registry } from './registry.ts'

export const chaosItem = z.object({
  caseNumber: z.string(),
  value: z.string(),
  /** One entry, or one and then a second that supplements it. */
  entries: z.union([z.literal(1), z.literal(2)]),
  /** A rule says no: this one is for a person. */
  refused: z.boolean(),
})
export type ChaosItem = z.output<typeof chaosItem>

export const BOT_NAME = 'chaos'

/** The entries an item makes under the item's marker. */
export function entriesOf({ caseNumber, value, entries }: ChaosItem, marker: string): Entry[] {
  const first = { caseNumber, marker, value }
  const second = { caseNumber: `${caseNumber}-2`, marker: `${marker}-2`, value }
  return entries === 2 ? [first, second] : [first]
}

/** @param pauseMs How long reading a case takes, drawn anew for every reading. */
export function chaosBot(registry: Registry, pauseMs: () => number): Bot {
  return defineBot({
    name: BOT_NAME,
    title: { nl: 'Inzenden', en: 'Submitting' },
    purpose: { nl: 'Zendt zaken in bij het register.', en: 'Submits cases to the registry.' },
    activity: 'reporting',
    variants: { single: { nl: 'enkel', en: 'single' }, double: { nl: 'dubbel', en: 'double' } },
    settings: z.object({}),
    systems: {},
    item: chaosItem,
    reference: (item) => item.caseNumber,
    async process(item, { step, act, marker, signal }) {
      await step('read the case', () => wait(pauseMs(), undefined, { signal }))
      if (item.refused)
        throw new Failure('business', 'refused', 'A rule says no: decide what is to become of this case.')
      for (const entry of entriesOf(item, marker)) await act('submit', submitting(registry, entry))
      return { variant: item.entries === 2 ? 'double' : 'single' }
    },
  })
}

function submitting(registry: Registry, entry: Entry): Act<string> {
  const { caseNumber, value } = entry
  return {
    key: caseNumber,
    payload: { caseNumber, value },
    find: async () => {
      const found = foundEntries(await answered(() => registry.search(entry.marker)))
      if (!found) throw notSearched()
      return found.map((there) => ({
        reference: there.number,
        same: there.caseNumber === caseNumber && there.value === value,
      }))
    },
    press: (guard) => submitOnce(registry, entry, guard),
    confirm: (number) => Promise.resolve(number),
  }
}

/** The answer to the registry's question falls under the same dead man as the entry itself. */
async function submitOnce(registry: Registry, entry: Entry, { check }: PressGuard): Promise<string> {
  let answer = await registry.submit(entry, false, check)
  if (asksAgain(answer)) answer = await registry.submit(entry, true, check)
  const number = receivedNumber(answer)
  if (number === undefined) throw notReceived()
  return number
}

async function answered<T>(ask: () => Promise<T>): Promise<T> {
  try {
    return await ask()
  } catch (error) {
    throw new Failure('transient', 'registry-silent', 'The registry gave no answer.', { cause: error })
  }
}

const notSearched = () =>
  new Failure('transient', 'registry-search', 'The registry could not be searched; try again later.')

const notReceived = () =>
  new Failure('unsure', 'registry-submit', 'The registry did not say that it received the entry.')
