import { asFailure } from '../../connectors/failure.ts'
import { readCharset } from '../../connectors/hl7/charset.ts'
import { readMessage } from '../../connectors/hl7/message.ts'
import {
  sortMessages,
  unsortedMessages,
  type PatientKey,
  type UnsortedMessage,
} from '../ledger/message-sorting.ts'
import type { LedgerDatabase } from '../ledger/tables.ts'
import type { SecretBox } from '../secrets/secret-box.ts'
import { patientKeys } from './patient-numbers.ts'

/** What a stored message's bytes are sealed for. */
export const messagePurpose = (hospital: string, channel: string) => `message|${hospital}|${channel}`

const AT_ONCE = 200

/** Sorts what a process acknowledged and did not come to sort, oldest first, from the bytes as they are kept. */
export async function sortLeftBehind(db: LedgerDatabase, secrets: SecretBox): Promise<void> {
  for (;;) {
    const left = await unsortedMessages(db, AT_ONCE)
    const [first] = left
    if (!first) return
    const since = new Date(Math.min(...left.map(({ received_at: at }) => at.getTime())))
    const sorted = left.map((message) => ({ id: message.id, patients: patientsOf(secrets, message) }))
    await sortMessages(db, sorted, since)
    if (left.length < AT_ONCE) return
  }
}

function patientsOf(
  secrets: SecretBox,
  { hospital, channel, charset, sealed }: UnsortedMessage,
): PatientKey[] {
  const bytes = secrets.open(messagePurpose(hospital, channel), sealed)
  try {
    const message = readMessage(bytes, { defaultCharset: readCharset(charset) })
    return patientKeys(secrets, hospital, message)
  } catch (error) {
    // It waits for nobody and is set aside when it is routed, with the reason.
    if (asFailure(error).kind === 'business') return []
    throw error
  }
}
