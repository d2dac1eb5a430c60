import { sql } from 'kysely'
import { Failure } from '../../connectors/failure.ts'
import { recordChange } from '../ledger/changes.ts'
import type { ChangedBy } from '../ledger/closing-days.ts'
import { inTransaction } from '../ledger/in-transaction.ts'
import { findSystem } from '../ledger/system-records.ts'
import type { LedgerDatabase } from '../ledger/tables.ts'
import type { SecretBox } from '../secrets/secret-box.ts'
import { putSecret } from '../secrets/secrets.ts'
import type { EnteredCredentials } from './credential-forms.ts'
import { fhirSecretNames } from './fhir-system-settings.ts'
import { certificateKeyOf, credentialsOf } from './system-settings.ts'

/**
 * Seals credentials of a system, and writes down that they were entered, by whom and until when they hold; of what they
 * are nothing is written.
 * @throws business when there is no such system, or they do not fit its kind
 */
export async function enterCredentials(
  { db, secrets }: { readonly db: LedgerDatabase; readonly secrets: SecretBox },
  by: ChangedBy,
  system: string,
  entered: EnteredCredentials & { readonly renewOn: string | null },
): Promise<void> {
  await inTransaction(db, async (tx) => {
    const { kind, credentials } = await findSystem(tx, by.hospital, system)
    const name = nameOf(kind, system, entered)
    const before = credentials.find((one) => one.name === name)
    await putSecret(tx, secrets, { hospital: by.hospital, name, value: JSON.stringify(entered.value) })
    const { part, renewOn } = entered
    await sql`INSERT INTO credential (hospital, system, part, entered_by, renew_on)
      VALUES (${by.hospital}, ${system}, ${part}, ${by.account}, ${renewOn})
      ON CONFLICT (hospital, system, part) DO UPDATE SET entered_by = excluded.entered_by,
        entered_at = clock_timestamp(), renew_on = excluded.renew_on`.execute(tx)
    await recordChange(tx, {
      ...by,
      what: 'credentials',
      subject: system,
      before: before ? { part, enteredAt: before.enteredAt.toISOString(), renewOn: before.renewOn } : null,
      after: { part, enteredAt: new Date().toISOString(), renewOn },
    })
  })
}

function nameOf(kind: string, system: string, { part, value }: EnteredCredentials): string {
  if (kind === 'web') {
    if (part === 'sign-in' && !('way' in value)) return credentialsOf(system)
    if (part === 'certificate-key') return certificateKeyOf(system)
    throw unfit(system, 'a user and a password, and the secret of one-time codes if it asks for those')
  }
  if (kind === 'hl7') {
    if (part === 'certificate-key') return certificateKeyOf(system)
    throw unfit(system, 'the key of our certificate, and nothing else')
  }
  const names = fhirSecretNames(system)
  if (part === 'certificate-key') return names.certificateKey
  if (part === 'proxy') return names.proxy
  if ('way' in value) return names.signIn
  throw unfit(system, 'the way of signing in with them: basic, bearer or backend-services')
}

const unfit = (system: string, what: string) =>
  new Failure('business', 'credentials-unfit', `Field value: system ${system} takes ${what}.`)
