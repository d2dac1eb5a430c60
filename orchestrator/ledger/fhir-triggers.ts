import { sql } from 'kysely'
import { z } from 'zod'
import { Failure } from '../../connectors/failure.ts'
import { scrubBsn } from '../../connectors/identity.ts'
import type { LedgerDatabase } from './tables.ts'

/** Search parameters that a trigger may have; none of them is about a person. */
const PARAMETERS = [
  'status',
  'category',
  'type',
  'code',
  'intent',
  'class',
  'priority',
  'appointment-type',
  'service-category',
  'service-type',
  'specialty',
  '_tag',
  '_profile',
] as const

const Value = z
  .string()
  .regex(/^[A-Za-z0-9._:/|,-]{1,200}$/, 'must be codes, with a comma between them')
  .refine((text) => scrubBsn(text) === text, 'must hold no citizen service number')

/** What an administrator fills in: which resources are work, and how often the server is asked for changed ones. */
export const FhirTriggerSettings = z.strictObject({
  id: z.string().regex(/^[a-z0-9-]{1,80}$/, 'must be small letters, digits and hyphens'),
  /** The role that the FHIR system has for the bot. */
  role: z.string().min(1),
  resourceType: z
    .string()
    .regex(/^[A-Z][A-Za-z]{1,63}$/, 'must be a FHIR resource type, such as Appointment'),
  parameters: z.partialRecord(z.enum(PARAMETERS), Value).default({}),
  /** Resources changed before this moment (of the server's clock) are no work; left out, all that match are. */
  since: z.iso.datetime({ offset: true }).optional(),
  everySeconds: z.number().int().positive().max(86_400).default(60),
  /** How far the server's clocks may differ and its commits lag: what turns up this much too old is still found. */
  overlapSeconds: z.number().int().min(0).max(86_400).default(120),
  /** Off for a server that cannot sort on `_lastUpdated`. */
  sorted: z.boolean().default(true),
  /** Whether the server is asked to notify us of changes, so that they are work at once. */
  notified: z.boolean().default(false),
})
export type FhirTriggerSetup = z.input<typeof FhirTriggerSettings>

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
  await db.transaction().execute(async (tx) => {
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
