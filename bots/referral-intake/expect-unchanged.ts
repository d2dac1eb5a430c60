import type { WebSystem } from '../../connectors/browser/session.ts'
import { Failure } from '../../connectors/failure.ts'
import { openReferral } from './portal-referral.ts'
import type { Referral } from './referral.ts'

/**
 * Opens the referral once more, right before something is done about it. Between reading and pressing it may have been
 * corrected or handled by somebody else (`referral-changed`, transient: the next attempt reads it anew), or the portal
 * may have shown another patient at one of the two looks (`another-patient`, unexpected).
 */
export async function expectUnchanged(portal: WebSystem, referral: Referral): Promise<void> {
  const now = await openReferral(portal, referral.number)
  const system = portal.id
  if (!equal(now.patient, referral.patient)) {
    const sentence = `${system} shows another patient with this referral than a moment ago: nothing was pressed. Have the system looked at before robots go on.`
    throw new Failure('unexpected', 'another-patient', sentence, { system })
  }
  if (equal(now, referral)) return
  const sentence =
    'The referral was changed or handled in the portal while the robot was at it: it is read again later.'
  throw new Failure('transient', 'referral-changed', sentence, { system })
}

function equal(one: object, other: object): boolean {
  return JSON.stringify(one) === JSON.stringify(other)
}
