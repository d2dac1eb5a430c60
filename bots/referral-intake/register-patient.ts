import type { Locator } from 'playwright'
import type { Act } from '../bot.ts'
import type { WebSystem } from '../../connectors/browser/session.ts'
import { comparePatients } from '../../connectors/identity.ts'
import { readBar } from './epd-patient-bar.ts'
import { fillNewPatient, newPatientAnswers } from './epd-new-patient.ts'
import { readPatientFile } from './epd-patient-file.ts'
import type { PatientFile } from './epd-patient-file.ts'
import { expectUnchanged } from './expect-unchanged.ts'
import { filesByKey } from './find-patient.ts'
import type { Answers } from '../../connectors/browser/page-answers.ts'
import { press, seeWhetherDone } from './press-and-see.ts'
import { attributesOf, incomplete } from './referral.ts'
import type { Referral } from './referral.ts'
import { changed } from '../../connectors/browser/screen-parts.ts'

const NEEDED = {
  street: 'Straat',
  houseNumber: 'Huisnummer',
  postalCode: 'Postcode',
  city: 'Woonplaats',
} as const

/**
 * The act that registers the referred patient in the EPD; its reference is the hospital's patient number. Found by BSN,
 * or by name and birth date. Fails with `referral-incomplete` when the referral lacks what a file needs.
 */
export function registerPatient(
  { epd, portal }: { readonly epd: WebSystem; readonly portal: WebSystem },
  referral: Referral,
  marker: string,
): Act<Answers> {
  const { patient } = referral
  const missing = Object.entries(NEEDED).find(([key]) =>
    Object.entries(patient).some(([name, text]) => name === key && text === ''),
  )
  if (missing) throw incomplete(missing[1])
  const agrees = (file: PatientFile) => comparePatients(attributesOf(patient), file)
  let button: Locator | undefined
  return {
    payload: { referralNumber: referral.number, patient },
    find: async () => {
      // Without a BSN a twin with another first name is found too, and is somebody else.
      const files = (await filesByKey(epd, patient)).filter(
        (file) => patient.bsn || agrees(file) !== 'different',
      )
      return files.map((file) => ({ reference: file.number, same: agrees(file) === 'same' && file.usable }))
    },
    prepare: async () => {
      await expectUnchanged(portal, referral)
      button = await fillNewPatient(epd, patient, marker)
    },
    press: () => press(epd, button),
    confirm: async (answers) => {
      const seen = await seeWhetherDone(epd, answers, await newPatientAnswers(epd))
      const files =
        seen === 'done' ? [await readPatientFile(epd, await readBar(epd))] : await filesByKey(epd, patient)
      const [file, other] = files.filter((one) => agrees(one) === 'same' && one.marker === marker)
      if (file && !other) return file.number
      throw seen === 'done' ? changed(epd, 'the patient who was registered') : seen
    },
  }
}
