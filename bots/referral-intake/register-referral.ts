import type { Locator } from 'playwright'
import type { Act, Hit } from '../bot.ts'
import type { WebSystem } from '../../connectors/browser/session.ts'
import type { PatientFile } from './epd-patient-file.ts'
import { fillWizard } from './epd-referral-wizard.ts'
import type { Registration } from './epd-referral-wizard.ts'
import { readConfirmation, registrationAnswers, searchRegistrations } from './epd-registrations.ts'
import type { Registered } from './epd-registrations.ts'
import { expectUnchanged } from './expect-unchanged.ts'
import type { Answers } from '../../connectors/browser/page-answers.ts'
import { press, seeWhetherDone } from './press-and-see.ts'
import type { Referral } from './referral.ts'
import { changed } from '../../connectors/browser/screen-parts.ts'

/**
 * The act that registers the referral in the EPD; its reference is the registration number. Found by its marker; one of
 * the same referral number without it was registered by somebody else, and is given as a hit that differs.
 */
export function registerReferral(
  { epd, portal }: { readonly epd: WebSystem; readonly portal: WebSystem },
  referral: Referral,
  file: PatientFile,
  registration: Registration,
): Act<Answers> {
  const { referralNumber, marker, ...content } = registration
  let button: Locator | undefined
  return {
    payload: { referralNumber, patient: file.number, ...content },
    find: async () => {
      const ours = await searchRegistrations(epd, { referralNumber: '', marker })
      const found = ours.length > 0 ? ours : await searchRegistrations(epd, { referralNumber, marker: '' })
      return found.map((one) => hit(one, file, registration))
    },
    prepare: async () => {
      await expectUnchanged(portal, referral)
      button = await fillWizard(epd, file, registration)
    },
    press: () => press(epd, button),
    confirm: async (answers) => {
      const seen = await seeWhetherDone(epd, answers, await registrationAnswers(epd))
      const shown = seen === 'done' ? await readConfirmation(epd, registration) : undefined
      if (shown) return shown
      const [found, other] = await searchRegistrations(epd, { referralNumber, marker })
      if (found && !other) return found.registration
      throw seen === 'done' ? changed(epd, 'the number of the registration') : seen
    },
  }
}

function hit(found: Registered, file: PatientFile, meant: Registration): Hit {
  const keys = ['referralNumber', 'marker', 'specialty', 'urgency', 'date'] as const
  const same = found.patient === file.number && keys.every((key) => found[key] === meant[key])
  return { reference: found.registration, same }
}
