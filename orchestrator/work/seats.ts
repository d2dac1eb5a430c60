import { sql } from 'kysely'
import type { LedgerDatabase, SystemRow } from '../ledger/tables.ts'

/** The seats taken for one item; none for systems that people do not sign in to. */
export interface TakenSeats {
  /** Does not throw: a seat that cannot be freed is nobody's once its lease is over, and `onError` hears of it. */
  readonly release: () => Promise<void>
}

/**
 * The seats of one worker. Which ones it sits in is remembered here, not read from the ledger: what the ledger says of a
 * seat that could not be freed must not keep it taken.
 */
export interface Seats {
  /**
   * Takes one seat at each web system among these, over all workers together no more than the system has.
   * Undefined when one has none free: then none is held.
   */
  readonly take: (
    systems: Iterable<Pick<SystemRow, 'hospital' | 'id' | 'kind'>>,
  ) => Promise<TakenSeats | undefined>
  /** Part of the worker's heartbeat: lengthens the leases of the seats it sits in. */
  readonly keep: () => Promise<void>
}

interface Seat {
  readonly hospital: string
  readonly system: string
  readonly number: number
}

/** What stands about a worker's seats: private to the functions of this file. */
interface Sitting {
  readonly db: LedgerDatabase
  readonly worker: string
  readonly leaseSeconds: number
  /** Hears of seats that could not be freed. */
  readonly onError: (error: unknown) => void
  readonly held: Set<Seat>
}

/** A worker's seats, none of them taken yet. */
export function openSeats(options: Omit<Sitting, 'held'>): Seats {
  const sitting: Sitting = { ...options, held: new Set() }
  return {
    take: (systems) => takeAll(sitting, systems),
    keep: () => keepHeld(sitting),
  }
}

async function takeAll(
  sitting: Sitting,
  systems: Iterable<Pick<SystemRow, 'hospital' | 'id' | 'kind'>>,
): Promise<TakenSeats | undefined> {
  const taken: Seat[] = []
  const release = () => freeAll(sitting, taken)
  try {
    for (const system of systems) {
      if (system.kind !== 'web') continue
      const seat = await takeSeat(sitting, system)
      if (!seat) {
        await release()
        return undefined
      }
      sitting.held.add(seat)
      taken.push(seat)
    }
  } catch (error) {
    await release()
    throw error
  }
  return { release }
}

async function takeSeat(
  { db, worker, leaseSeconds }: Sitting,
  system: { readonly hospital: string; readonly id: string },
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

async function freeAll(sitting: Sitting, seats: readonly Seat[]): Promise<void> {
  for (const seat of seats) {
    // Forgotten first: whatever becomes of the next statement, no heartbeat lengthens it.
    sitting.held.delete(seat)
    await freeSeat(sitting, seat).catch(sitting.onError)
  }
}

async function freeSeat({ db, worker }: Sitting, seat: Seat): Promise<void> {
  await db
    .updateTable('seat')
    .set({ worker: null, lease_until: null })
    .where('hospital', '=', seat.hospital)
    .where('system', '=', seat.system)
    .where('number', '=', seat.number)
    .where('worker', '=', worker)
    .execute()
}

async function keepHeld({ db, worker, leaseSeconds, held }: Sitting): Promise<void> {
  if (held.size === 0) return
  await sql`UPDATE seat SET lease_until = clock_timestamp() + ${leaseSeconds} * interval '1 second'
    FROM jsonb_to_recordset(${JSON.stringify([...held])}::jsonb) AS held (hospital text, system text, number integer)
    WHERE seat.hospital = held.hospital AND seat.system = held.system AND seat.number = held.number
      AND seat.worker = ${worker}`.execute(db)
}
