import { sql } from 'kysely'
import type { FhirEndpoint } from '../../connectors/fhir/client.ts'
import type { SystemRow } from '../ledger/tables.ts'
import { fhirSecretNames } from './fhir-system-settings.ts'
import { openFhir, type FhirOpening } from './opening-fhir.ts'

/** The FHIR systems of a process, each opened once: with its connections and its token shared by all items. */
export interface SharedFhir {
  /** Opened anew when its settings or one of its secrets changed. */
  open(row: SystemRow): Promise<FhirEndpoint>
  close(): Promise<void>
}

export function sharedFhir(options: FhirOpening): SharedFhir {
  const opened = new Map<string, Promise<FhirEndpoint>>()
  return {
    async open(row) {
      const key = JSON.stringify([
        row.hospital,
        row.id,
        row.address,
        row.settings,
        await versions(options, row),
      ])
      const known = opened.get(key)
      if (known) return await known
      const opening = openFhir(options, row)
      opened.set(key, opening)
      // A setting that was wrong may be right the next time.
      opening.catch(() => opened.delete(key))
      return await opening
    },
    async close() {
      for (const opening of await Promise.allSettled(opened.values()))
        if (opening.status === 'fulfilled') opening.value.close()
    },
  }
}

async function versions({ db }: FhirOpening, { hospital, id }: SystemRow): Promise<readonly string[]> {
  const names = Object.values(fhirSecretNames(id))
  const { rows } = await sql<{ is: string }>`SELECT name || ' ' || max(version) AS is FROM secret
    WHERE hospital = ${hospital} AND name = ANY (${names}::text[]) GROUP BY name ORDER BY name`.execute(db)
  return rows.map((row) => row.is)
}
