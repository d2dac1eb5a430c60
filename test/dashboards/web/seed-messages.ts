import { readMessage } from '../../../connectors/hl7/message.ts'
import type { Installation } from '../../../orchestrator/installation.ts'
import { digestOf, storeMessages } from '../../../orchestrator/ledger/messages.ts'
import { messagePurpose } from '../../../orchestrator/triggers/sort-left-behind.ts'
import { patientKeys } from '../../../orchestrator/triggers/patient-numbers.ts'

/** A patient who does not exist: what pages must not show before it is revealed. */
export const SEEDED_PATIENT = { family: 'Proefpersoon-Zwijger', number: '700123' }

/** A channel of a hospital with three messages that came in over it; gives the id of the first. */
export async function seedMessages(
  { db, secrets }: Pick<Installation, 'db' | 'secrets'>,
  hospital: string,
): Promise<string> {
  const channel = `${hospital}-adt`
  await db
    .insertInto('channel')
    .values({ id: channel, hospital, port: 0, senders: [], retention_days: 90 })
    .execute()
  const messages = ['A08', 'A31', 'A40'].map((event, index) => {
    const bytes = textOf(event, `${hospital}-${index + 1}`)
    const message = readMessage(bytes)
    return {
      hospital,
      channel,
      sender: `${message.sender.application}|${message.sender.facility}`,
      controlId: message.controlId,
      type: message.type,
      event: message.trigger,
      patients: patientKeys(secrets, hospital, message),
      digest: digestOf(bytes),
      sealed: secrets.seal(messagePurpose(hospital, channel), bytes),
      answer: Buffer.from(`AA ${message.controlId}`),
    }
  })
  const [first] = await storeMessages(db, messages)
  return first?.id ?? ''
}

function textOf(event: string, controlId: string): Buffer {
  const { family, number } = SEEDED_PATIENT
  const lines = [
    `MSH|^~\\&|ZIS|NOORD|ONTREGEL|NOORD|20261121120000||ADT^${event}|${controlId}|P|2.4`,
    `PID|1||${number}^^^ZIS^PI||${family}^P`,
    ...(event === 'A40' ? ['MRG|700124^^^ZIS^PI'] : []),
  ]
  return Buffer.from(lines.join('\r'), 'latin1')
}
