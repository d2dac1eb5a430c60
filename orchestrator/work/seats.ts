import { sql } from 'kysely'
import type { Deployment } from '../ledger/deployments.ts'
import type { LedgerDatabase, SystemRow } from '../ledger/tables.ts'

/** The seats taken for one item; none for systems that people do not sign in to. */
export interface TakenSeats {
  readonly release: () => Promise<void>
}

interface Seat {
  readonly hospital: string
  readonly system: string
  readonly number: number
}

/**
 * Takes one seat at each web system of a deployment, over all workers together no more than the system has.
 * Undefined when one has none free: then none is held.
 */
export async function takeSeats(
  db: LedgerDatabase,
  deployment: Deployment,
  worker: string,
  leaseSeconds: number,
): Promise<TakenSeats | undefined> {
  return await takeSeatsAt(db, [...deployment.systems.values()], worker, leaseSeconds)
}

/** The same for systems that are used outside a deployment. */
export async function takeSeatsAt(
  db: LedgerDatabase,
  systems: readonly Pick<SystemRow, 'hospital' | 'id' | 'kind'>[],
  worker: string,
  leaseSeconds: number,
): Promise<TakenSeats | undefined> {
  const taken: Seat[] = []
  const release = async () => {
    for (const seat of taken) await freeSeat(db, seat, worker)
  }
  for (const system of systems.filter(({ kind }) => kind === 'web')) {
    const seat = await takeSeat(db, system, worker, leaseSeconds)
    if (!seat) {
      await release()
      return undefined
    }
    taken.push(seat)
  }
  return { release }
}

async function takeSeat(
  db: LedgerDatabase,
  system: { readonly hospital: string; readonly id: string },
  worker: string,
  leaseSeconds: number,
): Promise<Seat | undefined> {
  const { rows } = await sql<Seat>`
    UPDATE seat SET worker = ${worker}, lease_until = clock_timestamp() + ${leaseSeconds} * interval '1 second'
    WHERE (hospital, system, number) = (
      SELECT hospital, system, number FROM seat
      WHERE hospital = ${system.hospital} AND system = ${system.id}
        AND (lease_until IS NULL OR lease_until < clock_timestamp())
      ORDER BY number LIMIT 1 FOR UPDATE SKIP LOCKED
    )
    RETURNING hospital, system, number`.execute(db)
  return rows[0]
}

async function freeSeat(db: LedgerDatabase, seat: Seat, worker: string): Promise<void> {
  await db
    .updateTable('seat')
    .set({ worker: null, lease_until: null })
    .where('hospital', '=', seat.hospital)
    .where('system', '=', seat.system)
    .where('number', '=', seat.number)
    .where('worker', '=', worker)
    .execute()
}

/** Part of a worker's heartbeat: keeps the seats it sits in. */
export async function keepSeats(db: LedgerDatabase, worker: string, leaseSeconds: number): Promise<void> {
  await sql`UPDATE seat SET lease_until = clock_timestamp() + ${leaseSeconds} * interval '1 second'
    WHERE worker = ${worker}`.execute(db)
}
