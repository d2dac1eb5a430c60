import { addNorm } from '../../../orchestrator/savings/norms.ts'
import { addOneOff } from '../../../orchestrator/savings/one-off.ts'
import { bookUpkeep, withdrawUpkeep } from '../../../orchestrator/savings/upkeep.ts'
import { openPlayed } from './three-played.ts'

export const BY = { account: 'u-1', today: '2026-10-27' }
export const APRIL = { from: '2026-04-01', to: '2026-04-30' }

/** Hours on three days, one with items of a backlog and one only marked; one booking taken back; and a norm from 15 April. */
export async function openBooked() {
  const { played, db, ...items } = await openPlayed()
  const { ledger } = played
  await addOneOff(ledger.db, BY, {
    ...{ deployment: 'oost-first', from: '2026-04-13', until: '2026-04-14', reason: 'backlog' },
  })
  const book = (day: string, hours: number) =>
    bookUpkeep(ledger.db, BY, { deployment: 'oost-first', day, hours, note: 'screens changed' })
  const [regular, , , mistaken] = [
    await book('2026-04-12', 1.25),
    await book('2026-04-13', 0.5),
    await book('2026-04-14', 0.25),
    await book('2026-04-16', 8),
  ]
  await withdrawUpkeep(ledger.db, BY, { id: mistaken, hospital: 'oost' })
  await addNorm(ledger.db, BY, {
    ...{ hospital: 'oost', name: 'subsidy', hoursPerYear: 1720, validFrom: '2026-04-15' },
  })
  const backlog = { deployment: 'oost-first', variant: 'plain', humanSeconds: 0, way: 'done' } as const
  await played.play('2026-04-13T08:00:00Z', backlog)
  await played.play('2026-04-17T08:00:00Z', { ...backlog, deployment: 'oost-second', variant: 'rare' })
  return { played, db, regular, ...items }
}
