import { chooseByHand, beat, measured, type WorkOn } from './work-sessions.ts'
import { inTransaction } from './in-transaction.ts'
import type { NewItem } from './items.ts'
import { cancelItem, doneByHand, giveBack, type Looked, type NotThere, type PersonAct } from './people.ts'
import { expectInHand } from './taking.ts'
import type { ItemRow, LedgerDatabase } from './tables.ts'

/** What a person decided about the item that they have in hand. */
export type Decision =
  | { readonly to: 'give-back'; readonly corrected: NewItem; readonly looked?: Looked | undefined }
  | { readonly to: 'done'; readonly variant: string; readonly reference: string }
  | { readonly to: 'cancel'; readonly reason: string; readonly looked?: NotThere | undefined }

/**
 * Does with an item what the person who has it in hand decided, with the time that was measured: all of it, or until
 * they chose to do it by hand (savings/README.md: human minutes).
 * @throws business when it is not in their hands, or the decision cannot be carried out; then nothing changed
 */
export async function decide(
  db: LedgerDatabase,
  work: WorkOn,
  decision: Decision,
): Promise<{ readonly humanSeconds: number }> {
  return await inTransaction(db, async (tx) => {
    await expectInHand(tx, work)
    // Choosing it only now leaves all time before it counted, the careful way.
    if (decision.to === 'done') await chooseByHand(tx, work, true)
    else {
      await chooseByHand(tx, work, false)
      await beat(tx, work)
    }
    const { session, seconds: humanSeconds } = await measured(tx, work)
    await carryOut(tx, { ...work, humanSeconds, session }, decision)
    return { humanSeconds }
  })
}

function carryOut(db: LedgerDatabase, act: PersonAct, decision: Decision): Promise<ItemRow> {
  switch (decision.to) {
    case 'give-back':
      return giveBack(db, act, decision.corrected, decision.looked)
    case 'done':
      return doneByHand(db, act, decision)
    case 'cancel':
      return cancelItem(db, act, decision.reason, decision.looked)
  }
}
