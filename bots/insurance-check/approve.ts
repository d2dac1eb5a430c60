import { Failure } from '../../connectors/failure.ts'
import { readUzovi } from '../../connectors/identity.ts'
import type { Insurance } from './coverage.ts'
import type { Policy } from './insurer-portal.ts'

/**
 * The policy when nobody has to look at it; its UZOVI code in four digits.
 * @param insurers UZOVI codes that the hospital knows
 * @throws business, `not-insured`, `insurer-unknown` or `details-differ`
 */
export function approve(
  policy: Policy | undefined,
  onFile: readonly Insurance[],
  insurers: readonly string[],
): Policy {
  if (!policy)
    throw decide(
      'not-insured',
      'The insurer knows of no insurance on the day of the appointment: ask the patient.',
    )
  const uzovi = readUzovi(policy.uzovi)
  if (uzovi === undefined || !insurers.includes(uzovi))
    throw decide(
      'insurer-unknown',
      'The insurer is not in the list of this deployment: add its UZOVI code there, or look up what it is.',
    )
  const approved = { ...policy, uzovi }
  if (onFile.some((known) => differs(known, approved)))
    throw decide(
      'details-differ',
      'The insurer gives another policy or insurer than is on file: ask the patient, and correct what is on file.',
    )
  return approved
}

/** What is not on file cannot differ. */
function differs(known: Insurance, { uzovi, policyNumber }: Policy & Insurance): boolean {
  const otherInsurer = known.uzovi !== undefined && known.uzovi !== uzovi
  return (
    otherInsurer || (known.policyNumber !== undefined && plain(known.policyNumber) !== plain(policyNumber))
  )
}

/** Some systems group the digits of a policy number. */
function plain(policyNumber: string): string {
  return policyNumber.replace(/[\s.-]/g, '')
}

function decide(code: string, sentence: string): Failure {
  return new Failure('business', code, sentence)
}
