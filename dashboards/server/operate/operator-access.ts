import { recordAccess, type Access } from '../../../orchestrator/ledger/access-log.ts'
import { requireAccess, type Asking } from '../items/caller-access.ts'

/** Writes down that the caller saw something, on their own behalf; before it is handed over. */
export async function recordOperator(
  { caller, db, access }: Asking,
  hospital: string,
  action: Access['action'],
  subject: Access['subject'],
  patients?: readonly Buffer[],
): Promise<void> {
  requireAccess(access)
  await recordAccess(db, {
    ...{ hospital, action, subject, responsible: caller.account, outcome: 'given' },
    actor: { kind: caller.kind, id: caller.account },
    ...(patients && { patients: patients.map((number) => number.toString('hex')) }),
  })
}

/** Writes down that the caller sought a patient. @param number the keyed hash of what was typed */
export async function recordPatientSearch(asking: Asking, hospital: string, number: Buffer): Promise<void> {
  await recordOperator(asking, hospital, 'search', { kind: 'patient', id: number.toString('hex') })
}
