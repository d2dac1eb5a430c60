import { mkdirSync } from 'node:fs'
import { join } from 'node:path'
import { z } from 'zod'
import { createFaults, type Faults } from './faults.ts'
import { makePatients, openPatients, type Patients } from './patients.ts'
import { seededRandom, type Random } from './random.ts'
import { openStore, type Store } from './store.ts'
import { createWitness, type Witness } from './witness.ts'

/** What every part of the practice hospital is handed. */
export interface Hospital {
  /** Take a `split` of it: the root is shared. */
  readonly random: Random
  readonly patients: Patients
  readonly store: Store
  readonly witness: Witness
  readonly faults: Faults
  readonly clock: () => Date
  /** The local date on which this data folder was first used, `2026-11-21`: seeded dates count from it and stay. */
  readonly firstDay: string
  /** How much work it starts with. */
  readonly size: HospitalSize
  readonly log: (line: string) => void
  /** Applies what is still to be applied late and closes the journal. */
  close(): void
}

export interface HospitalSize {
  readonly referrals: number
  readonly appointments: number
  readonly deaths: number
}

export interface HospitalOptions {
  /** The data folder; made when missing. */
  readonly data: string
  readonly seed: number
  /** Number of seeded patients, at least 20. */
  readonly patients: number
  readonly size: HospitalSize
  readonly clock: () => Date
  readonly log: (line: string) => void
}

/** Opens the practice hospital of a data folder, as it was left. */
export function openHospital({ data, seed, patients, size, clock, log }: HospitalOptions): Hospital {
  mkdirSync(data, { recursive: true })
  const store = openStore(join(data, 'practice.jsonl'))
  const random = seededRandom(seed)
  const faults = createFaults(seed, clock)
  return {
    random,
    patients: openPatients(store, makePatients(random.split('patients'), patients)),
    store,
    witness: createWitness(store, clock),
    faults,
    clock,
    firstDay: firstDay(store, clock),
    size,
    log,
    close: () => {
      faults.close()
      store.close()
    },
  }
}

/** The local date `days` after `from` (`2026-11-21`). */
export function daysAfter(from: string, days: number): string {
  const date = new Date(`${from}T12:00:00Z`)
  date.setUTCDate(date.getUTCDate() + days)
  return date.toISOString().slice(0, 10)
}

function firstDay(store: Store, clock: () => Date): string {
  const remembered = store.collection('first-day', z.object({ date: z.string() }))
  const known = remembered.get('date')
  if (known) return known.date
  const date = clock().toLocaleDateString('sv-SE', { timeZone: 'Europe/Amsterdam' })
  remembered.put('date', { date })
  return date
}
