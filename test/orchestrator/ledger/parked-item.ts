import { parkItem } from '../../../orchestrator/ledger/parking.ts'
import type { LedgerDatabase, ParkedKind } from '../../../orchestrator/ledger/tables.ts'
import { WORKER, type Bench } from '../work/bench.ts'

/** An item that the robot left to a person; gives its id. */
export async function parkedItem(
  bench: Bench,
  reference: string,
  kind: ParkedKind = 'business',
): Promise<string> {
  const { id, fence } = await bench.claim(await bench.addItem(reference))
  const why = { kind, code: 'odd', sentence: 'It is odd: look at it and decide.' }
  await parkItem(bench.db, { item: id, fence, worker: WORKER }, why, [])
  return id
}

/** An act that was armed and of which nobody knows whether it was pressed. */
export async function armedAct(db: LedgerDatabase, item: string): Promise<void> {
  const act = {
    name: 'register',
    key: '',
    payload_hash: Buffer.alloc(32),
    verifiable: false,
    repeatable: false,
  }
  await db
    .insertInto('act')
    .values({ item, ...act, state: 'armed', how: null, fence: 1 })
    .execute()
}
