import { sql } from 'kysely'
import { finishItem } from '../../orchestrator/ledger/finish.ts'
import { addItems, claimItem } from '../../orchestrator/ledger/items.ts'
import type { LedgerDatabase } from '../../orchestrator/ledger/tables.ts'
import type { Hold } from '../../orchestrator/ledger/transition.ts'
import type { Contest, Measured } from './contest.ts'
import type { MadeLedger } from './savings-ledger.ts'

/** How many are finished in one turn, one after the other. */
const ITEMS = 400
const WORKER = '018f0000-0000-7000-8000-000000000001'

/** What the roll-ups cost in the transaction that finishes an item: the same without them beside it. */
export function finishingContest({ db, owner }: MadeLedger): Contest {
  let turn = 0
  const measure = async (rollUps: boolean): Promise<Measured> => {
    await sql
      .raw(`ALTER TABLE day_count ${rollUps ? 'ENABLE' : 'DISABLE'} TRIGGER roll_up_day_count`)
      .execute(owner)
    const holds = await claimSome(db, `finishing-${++turn}`)
    const since = performance.now()
    for (const hold of holds)
      await finishItem(
        db,
        hold,
        { variant: 'known-patient', outcome: 'done', share: 1, lastAct: undefined, followUps: [] },
        [],
      )
    const ms = (performance.now() - since) / holds.length
    return { perSecond: 1000 / ms, remark: `${ms.toFixed(2)} ms each` }
  }
  return {
    title: 'items finished one after the other, with credit, claim and counts',
    contenders: [
      { name: 'with roll-ups by month and year', measure: () => measure(true) },
      { name: 'without them', measure: () => measure(false) },
    ],
    targets: [],
  }
}

async function claimSome(db: LedgerDatabase, name: string): Promise<Hold[]> {
  const made = Array.from({ length: ITEMS }, (_, index) => `${name}-${index}`)
  const items = made.map((reference) => ({ reference, caseReference: reference, data: {} }))
  const { queued } = await addItems(db, { hospital: 'h00', deployment: 'h00-0', run: null }, items)
  const holds: Hold[] = []
  for (const id of queued) {
    const row = await claimItem(db, id, WORKER, 600)
    if (row) holds.push({ item: row.id, fence: row.fence, worker: WORKER })
  }
  return holds
}
