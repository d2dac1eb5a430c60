import { sql } from 'kysely'
import type { z } from 'zod'
import { Failure } from '../../connectors/failure.ts'
import { FhirTriggerSettings, type FhirTriggerSetup } from './fhir-trigger-settings.ts'
import { inTransaction } from './in-transaction.ts'
import type { LedgerDatabase } from './tables.ts'

export type { FhirTriggerSetup } from './fhir-trigger-settings.ts'

/**
 * Makes or renews a FHIR trigger of a deployment. Another search starts anew from `since`; anything else goes on where
 * it was. @throws business: names the wrong field
 */
export async function putFhirTrigger(
  db: LedgerDatabase,
  deployment: string,
  setup: FhirTriggerSetup,
): Promise<void> {
  const { id, ...trigger } = readSetup(setup)
  const asked = {
    role: trigger.role,
    resource_type: trigger.resourceType,
    parameters: JSON.stringify(trigger.parameters),
    since: trigger.since === undefined ? null : new Date(trigger.since),
  }
  const pace = {
    every_seconds: trigger.everySeconds,
    overlap_seconds: trigger.overlapSeconds,
    sorted: trigger.sorted,
    notified: trigger.notified,
  }
  await inTransaction(db, async (tx) => {
    await tx
      .insertInto('trigger')
      .values({ id, deployment, kind: 'fhir' })
      .onConflict((conflict) => conflict.column('id').doUpdateSet({ deployment, kind: 'fhir' }))
      .execute()
    await startAnew(tx, id, asked)
    await tx
      .insertInto('fhir_poll')
      .values({ trigger: id, ...asked, ...pace })
      .onConflict((conflict) => conflict.column('trigger').doUpdateSet({ ...asked, ...pace }))
      .execute()
  })
}

interface Asked {
  readonly role: string
  readonly resource_type: string
  readonly parameters: string
  readonly since: Date | null
}

/** A poll under way for the earlier search gets a fence that is no longer its own. */
async function startAnew(tx: LedgerDatabase, trigger: string, asked: Asked): Promise<void> {
  const { rows } = await sql`
    UPDATE fhir_poll SET cursor = NULL, seen_from = NULL, fence = fence + 1, worker = NULL, lease_until = NULL,
      failures = 0, reason = NULL, due_at = clock_timestamp(), subscribed_endpoint = NULL
    WHERE trigger = ${trigger} AND (role, resource_type, parameters, since) IS DISTINCT FROM
      (${asked.role}::text, ${asked.resource_type}::text, ${asked.parameters}::jsonb, ${asked.since}::timestamptz)
    RETURNING trigger`.execute(tx)
  if (rows.length > 0) await tx.deleteFrom('fhir_seen').where('trigger', '=', trigger).execute()
}

function readSetup(setup: FhirTriggerSetup): z.output<typeof FhirTriggerSettings> {
  const result = FhirTriggerSettings.safeParse(setup)
  if (result.success) return result.data
  const [issue] = result.error.issues
  const field = issue?.path.join('.') || 'the whole'
  throw new Failure('business', 'field-invalid', `Field ${field} of a FHIR trigger: ${issue?.message}.`)
}
