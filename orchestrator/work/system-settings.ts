import type { z } from 'zod'
import { Failure } from '../../connectors/failure.ts'
import type { LedgerDatabase, SystemRow } from '../ledger/tables.ts'
import type { SecretBox } from '../secrets/secret-box.ts'
import { readSecret } from '../secrets/secrets.ts'

/** The name under which a system's credentials are kept. */
export const credentialsOf = (system: string) => `system/${system}`

/** The name under which the key of our certificate at a system is kept. */
export const certificateKeyOf = (system: string) => `system/${system}/certificate-key`

/** A system's settings as its schema takes them. @throws business: names the field of the system that is wrong */
export function readSystemSettings<Schema extends z.ZodType>(
  schema: Schema,
  row: Pick<SystemRow, 'id'>,
  raw: unknown,
): z.output<Schema> {
  const result = schema.safeParse(raw)
  if (result.success) return result.data
  const [issue] = result.error.issues
  const unknown = issue?.code === 'unrecognized_keys' ? issue.keys : []
  const field = [...(issue?.path ?? []), ...unknown.slice(0, 1)].join('.') || 'settings'
  const why = unknown.length > 0 ? 'is not a setting; leave it out' : issue?.message
  throw new Failure('business', 'system-settings', `Field ${field} of system ${row.id}: ${why}.`, {
    system: row.id,
  })
}

/**
 * What a secret of a system holds, which is JSON. @throws business when it is not there, or not what it should be;
 * nothing of it is repeated
 */
export async function readCredentials<Schema extends z.ZodType>(
  { db, secrets }: { readonly db: LedgerDatabase; readonly secrets: SecretBox },
  schema: Schema,
  { hospital, id }: Pick<SystemRow, 'hospital' | 'id'>,
  name: string,
): Promise<z.output<Schema>> {
  const result = schema.safeParse(parsed(await readSecret(db, secrets, hospital, name)))
  if (result.success) return result.data
  const field = result.error.issues[0]?.path.join('.') || 'way'
  const sentence = `The credentials of system ${id} (secret ${name}) lack field ${field}: enter them again.`
  throw new Failure('business', 'secret-invalid', sentence, { system: id })
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text)
  } catch (error) {
    // Its message would quote the secret.
    if (error instanceof SyntaxError) return undefined
    throw error
  }
}
