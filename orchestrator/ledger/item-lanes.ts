import { armActs, type Arming } from './acts.ts'
import { finishItems, type Finishing } from './finish.ts'
import { claimItems, type Claim } from './items.ts'
import { openLane, type Lane } from './lanes.ts'
import { rungItems, type RungItem } from './rung-items.ts'
import type { ItemRow, LedgerDatabase } from './tables.ts'

/** What every item of a worker goes through: those of its items that are at the same point are asked or written together. */
export interface ItemLanes {
  readonly look: Lane<string, RungItem | undefined>
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
    look: openLane({ keyOf: (item) => item, write: (batch) => rungItems(db, batch) }),
    claim: openLane({
      keyOf: ({ item }) => item,
      write: (batch) => claimItems(db, batch, worker, leaseSeconds),
    }),
    arm: openLane({
      keyOf: ({ hold }) => hold.item,
      write: (batch) => armActs(db, batch, armMarginSeconds),
    }),
    finish: openLane({
      keyOf: ({ hold }) => hold.item,
      write: (batch) => finishItems(db, batch),
    }),
  }
}
