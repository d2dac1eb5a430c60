import { createHash } from 'node:crypto'
import type { Act, Hit } from '../../bots/bot.ts'
import { Failure } from '../../connectors/failure.ts'
import type { ActPlan } from '../ledger/acts.ts'
import type { ActRow } from '../ledger/tables.ts'

/** Acts of one item are the same when they have the same name and key. */
export const identify = (act: { name: string; key: string }) => JSON.stringify([act.name, act.key])

/** An act as it is written down. */
export function planOf<Pressed>(name: string, act: Act<Pressed>): ActPlan {
  return {
    name,
    key: act.key ?? '',
    payloadHash: createHash('sha256').update(JSON.stringify(act.payload)).digest(),
    verifiable: act.find !== undefined,
    repeatable: act.repeatable ?? false,
  }
}

/** The reference of an act that is done. @throws business when it was done with other content */
export function sameAsBefore(earlier: ActRow, plan: ActPlan): string {
  if (earlier.payload_hash.equals(plan.payloadHash)) return earlier.reference ?? ''
  throw new Failure(
    'business',
    'act-changed',
    `"${plan.name}" was done earlier with other content. Compare the item with the target and correct it there by hand.`,
  )
}

/**
 * What may have happened is only pressed again where that does nothing more, and only the very same.
 * @throws business otherwise: a person looks
 */
export function expectSamePress(open: ActRow, plan: ActPlan, shadow: boolean): void {
  if (plan.repeatable && !shadow && open.payload_hash.equals(plan.payloadHash)) return
  throw new Failure(
    'business',
    'cannot-repeat',
    `It is not known whether "${plan.name}" happened, and now it would be done otherwise. Look at the target.`,
  )
}

/** Whether this act happened by a press of ours, and not in shadow or by somebody else's hand. */
export const wasPressed = ({ state, how }: ActRow): boolean =>
  state === 'done' && (how === 'pressed' || how === 'reconciled')

/** The deployment was put in shadow after earlier acts of this item really happened: it would be done by halves. */
export const halfDone = (name: string) =>
  new Failure(
    'business',
    'half-done',
    `What comes before "${name}" really happened, and its deployment is in shadow since. Do the rest by hand, or give it back when the deployment is live.`,
  )

/** It was repeated as often as an item is tried. */
export const repeatedEnough = (name: string) =>
  new Failure(
    'business',
    'cannot-look',
    `It is not known whether "${name}" happened, also after repeating it. Look at the target.`,
  )

/** The one hit that is ours; undefined for none; anything else is for a person. */
export function alreadyThere(name: string, hits: readonly Hit[]): Hit | undefined {
  const [first] = hits
  if (!first) return undefined
  if (hits.length === 1 && first.same) return first
  const what = hits.length > 1 ? 'stands there more than once' : 'stands there with other content'
  throw new Failure(
    'business',
    'found-different',
    `"${name}" ${what}. Compare the item with the target and decide which is right.`,
  )
}

/** The bot came to another act first than the one of which it is not known whether it happened. */
export const passedBy = (armed: string) =>
  new Failure(
    'business',
    'cannot-look',
    `The robot takes another way now and does not come past "${armed}" to look it up. Look at the target.`,
  )
