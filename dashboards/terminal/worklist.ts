import { readFile } from 'node:fs/promises'
import { text } from 'node:stream/consumers'
import type { Bot } from '../../bots/bot.ts'
import { Failure } from '../../connectors/failure.ts'
import { letPass, orderKeys } from '../../orchestrator/ledger/item-order.ts'
import type { NewItem } from '../../orchestrator/ledger/items.ts'
import {
  cancelItem,
  doneByHand,
  giveBack,
  type Looked,
  type NotThere,
  type PersonAct,
} from '../../orchestrator/ledger/people.ts'
import type { ItemSummary } from '../../orchestrator/ledger/reading.ts'
import type { LedgerDatabase } from '../../orchestrator/ledger/tables.ts'
import type { Doorbell } from '../../orchestrator/queue/doorbell.ts'
import { ringBehindItem, ringLater } from '../../orchestrator/work/ringing.ts'
import type { Handling, HandlingOptions } from './worklist-options.ts'

/** What handling an item works with. */
export interface Worklist {
  readonly db: LedgerDatabase
  readonly doorbell: Doorbell
  readonly bots: ReadonlyMap<string, Bot>
}

export type ParkedItem = Pick<ItemSummary, 'id' | 'hospital' | 'reference' | 'deployment'> & {
  readonly bot: string
}

/**
 * Does with a parked item what a person decided; gives the sentence that says so.
 * @throws business when it is not parked, or names the option that is not right
 */
export async function handleItem(
  worklist: Worklist,
  item: ParkedItem,
  handling: Handling,
  options: HandlingOptions,
): Promise<string> {
  const { db, doorbell } = worklist
  const keys = await orderKeys(db, item.id)
  const sentence = await decide(worklist, item, handling, options)
  if (handling === 'give-back') await ringLater(db, doorbell, item.id, 0)
  else await ringBehindItem(db, doorbell, item, keys)
  return sentence
}

async function decide(
  worklist: Worklist,
  item: ParkedItem,
  handling: Handling,
  options: HandlingOptions,
): Promise<string> {
  const { db } = worklist
  const act = {
    item: item.id,
    account: accountOf(options),
    humanSeconds: Math.round((options.minutes ?? 0) * 60),
  }
  switch (handling) {
    case 'give-back':
      await giveBack(db, act, await corrected(worklist, item, options.data ?? ''), lookedOf(options))
      return `Item ${item.id} went back to the robot with its corrected data.`
    case 'done-by-hand':
      return await finishByHand(worklist, item, act, options)
    case 'cancel':
      await cancelItem(db, act, options.reason ?? '', notThereOf(options))
      return `Item ${item.id} was cancelled; the same reference may come again.`
    case 'let-pass':
      await letPass(db, item.id, act.account)
      return `Item ${item.id} waits on for a person; the later ones of its patient no longer wait for it.`
  }
}

async function finishByHand(
  { db, bots }: Worklist,
  item: ParkedItem,
  act: PersonAct,
  { variant = '', reference = '' }: HandlingOptions,
): Promise<string> {
  const { variants } = botOf(bots, item)
  if (!Object.hasOwn(variants, variant)) {
    const known = Object.keys(variants).join(', ')
    throw invalid(`Option --variant: robot ${item.bot} has no variant "${variant}"; choose from ${known}.`)
  }
  await doneByHand(db, act, { variant, reference })
  return `Item ${item.id} was written down as done by hand, as ${variant}, under ${reference}.`
}

/** The corrected item as its bot reads it; it must still be the same case. */
async function corrected({ bots }: Worklist, item: ParkedItem, file: string): Promise<NewItem> {
  const bot = botOf(bots, item)
  const data = bot.readItem(await readJson(file))
  const reference = bot.reference(data)
  // An item that could not be read has a reference of our making: correcting it gives the real one.
  if (reference !== item.reference && !item.reference.startsWith('unreadable-'))
    throw invalid(
      'Option --data: this is another case than the item’s (its reference differs). Correct the item itself.',
    )
  return { reference, caseReference: bot.caseReference(data), data }
}

/** JSON.parse quotes what it cannot read, and this may be a patient's. */
async function readJson(file: string): Promise<unknown> {
  let content: string
  try {
    content = file === '-' ? await text(process.stdin) : await readFile(file, 'utf8')
  } catch (error) {
    throw invalid(
      'Option --data: that file cannot be read. Give the path of a file with the corrected item.',
      error,
    )
  }
  try {
    return JSON.parse(content)
  } catch {
    throw invalid('Option --data: that file is no JSON. Write the corrected item as one JSON object.')
  }
}

/** What stands at the hospital's system of a press of which the robot does not know whether it happened. */
function lookedOf({ happened, reference = '' }: HandlingOptions): Looked | undefined {
  if (happened === undefined) return undefined
  if (happened === 'no') return { stands: false }
  if (reference.trim() !== '') return { stands: true, reference: reference.trim() }
  throw invalid('Option --reference: write under which number it stands in the hospital’s system.')
}

/** The same for what is cancelled: that must not stand there. */
function notThereOf({ happened }: HandlingOptions): NotThere | undefined {
  if (happened === undefined) return undefined
  if (happened === 'no') return { stands: false }
  throw invalid('Option --happened: what stands there is not cancelled. Write it down with done-by-hand.')
}

/** Accounts are ids: a name with a space in it would be a person's. */
function accountOf({ account = '' }: HandlingOptions): string {
  if (/^[^\s]{1,80}$/.test(account)) return account
  throw invalid('Option --account: write your account without spaces, not your name.')
}

function botOf(bots: ReadonlyMap<string, Bot>, { bot }: ParkedItem): Bot {
  const found = bots.get(bot)
  if (found) return found
  throw invalid(`Robot ${bot} is not in this version: handle this item where it runs, or update Ontregel.`)
}

const invalid = (sentence: string, cause?: unknown): Failure =>
  new Failure('business', 'field-invalid', sentence, { cause })
