import { sql } from 'kysely'
import type { Log } from '../../connectors/log.ts'
import type { LedgerDatabase, SystemRow } from '../ledger/tables.ts'
import type { SecretBox } from '../secrets/secret-box.ts'
import { credentialsOf } from './system-settings.ts'

export interface SystemOpening {
  readonly db: LedgerDatabase
  readonly secrets: SecretBox
  readonly log: Log
}

/** The systems of one kind of a process, each opened once: with its connections shared by all items. */
export interface SharedEndpoints<Endpoint> {
  /** Opened anew when its settings or one of its secrets changed. */
  open(row: SystemRow): Promise<Endpoint>
  close(): Promise<void>
}

interface Closing {
  readonly close: () => void | Promise<void>
}

/** @param openOne opens a system as it stands in the ledger */
export function sharedEndpoints<Endpoint extends Closing>(
  options: SystemOpening,
  openOne: (options: SystemOpening, row: SystemRow) => Promise<Endpoint>,
): SharedEndpoints<Endpoint> {
  const opened = new Map<string, Promise<Endpoint>>()
  return {
    async open(row) {
      const { hospital, id, address, settings } = row
      const key = JSON.stringify([hospital, id, address, settings, await versions(options, row)])
      const known = opened.get(key)
      if (known) return await known
      const opening = openOne(options, row)
      opened.set(key, opening)
      // A setting that was wrong may be right the next time.
      opening.catch(() => opened.delete(key))
      return await opening
    },
    async close() {
      for (const opening of await Promise.allSettled(opened.values()))
        if (opening.status === 'fulfilled') await opening.value.close()
    },
  }
}

async function versions({ db }: SystemOpening, { hospital, id }: SystemRow): Promise<readonly string[]> {
  const name = credentialsOf(id)
  const { rows } = await sql<{ is: string }>`SELECT name || ' ' || max(version) AS is FROM secret
    WHERE hospital = ${hospital} AND (name = ${name} OR starts_with(name, ${`${name}/`})) GROUP BY name ORDER BY name`.execute(
    db,
  )
  return rows.map((row) => row.is)
}
