import { armActs, type Arming } from './acts.ts'
import { finishItems, type Finishing } from './finish.ts'
import { claimItems, type Claim } from './items.ts'
import { openLane, type Lane } from './lanes.ts'
import type { ItemRow, LedgerDatabase } from './tables.ts'

/** What every item of a worker goes through: those of its items that are at the same point are written together. */
export interface ItemLanes {
  readonly claim: Lane<Claim, ItemRow | undefined>
  readonly arm: Lane<Arming, ItemRow | undefined>
  readonly finish: Lane<Finishing, ItemRow | undefined>
}

/** Opens the lanes of one worker. */
export function openItemLanes(
  db: LedgerDatabase,
  worker: string,
  { leaseSeconds, armMarginSeconds }: { readonly leaseSeconds: number; readonly armMarginSeconds: number },
): ItemLanes {
  return {
    claim: openLane(
      ({ item }) => item,
      (batch) => claimItems(db, batch, worker, leaseSeconds),
    ),
    arm: openLane(
      ({ hold }) => hold.item,
      (batch) => armActs(db, batch, armMarginSeconds),
    ),
    finish: openLane(
      ({ hold }) => hold.item,
      (batch) => finishItems(db, batch),
    ),
  }
}
