import { expect } from 'vitest'
import { recount } from '../../../orchestrator/savings/recount.ts'
import { openPlayedLedger } from './played-ledger.ts'

/** Over both changes of the clock. */
export const PERIOD = { from: '2026-03-28', to: '2026-10-27' }

/** Three items on 10 April, two done and one parked, on which a recount finds nothing; changed through `db`, as the owner. */
export async function openPlayed() {
  const played = await openPlayedLedger()
  const play = { deployment: 'oost-first', variant: 'plain', humanSeconds: 0 } as const
  const one = await played.play('2026-04-10T08:00:00Z', { ...play, way: 'done' })
  const two = await played.play('2026-04-10T09:00:00Z', { ...play, way: 'done' })
  const parked = await played.play('2026-04-10T09:00:00Z', { ...play, way: 'parked' })
  expect(await recount(played.ledger.db, PERIOD)).toEqual([])
  return { played, db: played.ledger.owner, one, two, parked }
}
