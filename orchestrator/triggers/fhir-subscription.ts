import { randomBytes } from 'node:crypto'
import { asFailure, Failure } from '../../connectors/failure.ts'
import type { FhirSystem } from '../../connectors/fhir/client.ts'
import { keepSubscription } from '../../connectors/fhir/subscription.ts'
import { noteSubscription, type PollClaim } from '../ledger/fhir-polls.ts'
import type { LedgerDatabase } from '../ledger/tables.ts'
import type { SecretBox } from '../secrets/secret-box.ts'
import { putSecret, readSecret } from '../secrets/secrets.ts'
import type { FhirPolling } from './fhir.ts'
import { criteriaOf } from './fhir-window.ts'

/** The path of a trigger's hook; nothing in it is secret. */
export const hookPath = (trigger: string) => `/fhir/${trigger}`

const secretName = (trigger: string) => `fhir-hook/${trigger}`

/**
 * Makes or renews the Subscription of a trigger that wants to be notified: once an hour, and at once when our address
 * changed. That it cannot is no reason not to poll: it is noted, and an alarm after several times.
 */
export async function lookAfterSubscription(
  { db, secrets, clock, timing, log, fhirHook }: FhirPolling,
  poll: PollClaim,
  system: FhirSystem,
): Promise<void> {
  if (!poll.notified || fhirHook === undefined) return
  const endpoint = fhirHook.replace(/\/$/, '') + hookPath(poll.trigger)
  const moved = poll.subscribed_endpoint !== endpoint && poll.subscription_failures === 0
  if (!poll.subscription_due && !moved) return
  try {
    const secret = await hookSecret(db, secrets, poll.hospital, poll.trigger, true)
    const written = await keepSubscription(
      system,
      { criteria: criteriaOf(poll), endpoint, secret },
      clock.wall(),
    )
    if (written) log.info('FHIR subscription written', { state: written.status, system: system.id })
    await noteSubscription(db, poll, { endpoint })
  } catch (error) {
    const { kind, code, message: sentence } = asFailure(error)
    log.warn('FHIR subscription failed', { kind, code, sentence })
    await noteSubscription(db, poll, { sentence, alarmAt: timing.circuitFailures })
  }
}

/** The secret that a server proves itself with, sealed in the ledger; with `make` a new one when there is none. */
export async function hookSecret(
  db: LedgerDatabase,
  box: SecretBox,
  hospital: string,
  trigger: string,
  make = false,
): Promise<string> {
  const name = secretName(trigger)
  try {
    return await readSecret(db, box, hospital, name)
  } catch (error) {
    if (!make || !(error instanceof Failure && error.code === 'secret-missing')) throw error
  }
  await putSecret(db, box, { hospital, name, value: randomBytes(32).toString('base64url') })
  return await readSecret(db, box, hospital, name)
}
