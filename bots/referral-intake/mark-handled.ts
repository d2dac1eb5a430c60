import type { Locator } from 'playwright'
import type { Act } from '../bot.ts'
import type { WebSystem } from '../../connectors/browser/session.ts'
import { expectUnchanged } from './expect-unchanged.ts'
import type { Answers } from '../../connectors/browser/page-answers.ts'
import { fillHandling } from './portal-handling.ts'
import type { Handling } from './portal-handling.ts'
import { openReferral, referralHeading } from './portal-referral.ts'
import { press, seeWhetherDone } from './press-and-see.ts'
import type { Referral } from './referral.ts'
import { changed } from '../../connectors/browser/screen-parts.ts'

/**
 * The act that marks the referral as handled in the portal; its reference is the referral number, the portal has no
 * other. Found on the referral's own page, which says by what marker it was handled.
 */
export function markHandled(portal: WebSystem, referral: Referral, handling: Handling): Act<Answers> {
  const { number } = referral
  const isOurs = (now: Referral) =>
    now.handledBy === handling.marker && now.registration === handling.registration
  let button: Locator | undefined
  return {
    payload: { referralNumber: number, registration: handling.registration },
    find: async () => {
      const now = await openReferral(portal, number)
      return now.handled ? [{ reference: number, same: isOurs(now) }] : []
    },
    prepare: async () => {
      await expectUnchanged(portal, referral)
      button = await fillHandling(portal, handling)
    },
    press: () => press(portal, button),
    confirm: async (answers) => {
      const page = await portal.page()
      const shown = { done: referralHeading(portal, page, number), refused: page.getByRole('alert') }
      const seen = await seeWhetherDone(portal, answers, shown)
      if (isOurs(await openReferral(portal, number))) return number
      throw seen === 'done' ? changed(portal, 'that the referral was handled') : seen
    },
  }
}
