import type { WebSystem } from '../../connectors/browser/session.ts'
import { expectOneOf } from '../../connectors/browser/expect-page.ts'
import { Failure } from '../../connectors/failure.ts'
import type { PatientAttributes } from '../../connectors/identity.ts'
import { fromDutchDate } from '../../connectors/dutch-date.ts'
import { open } from '../../connectors/browser/page-answers.ts'
import { changed, part, readProperties } from '../../connectors/browser/screen-parts.ts'

/** A patient's file in the EPD: a page around a frame. */
const PATIENT = {
  name: 'file.patient',
  table: 'Patiënt',
  parts: {
    name: 'Naam',
    given: 'Voornaam',
    family: 'Achternaam',
    birthDate: 'Geboortedatum',
    bsn: 'BSN',
    number: 'ZIS-nummer',
    deceased: 'Overleden',
    marker: 'Extern kenmerk',
  },
} as const
const ALIVE = 'Nee'

export interface PatientFile extends PatientAttributes {
  /** The hospital's own number of the patient. */
  readonly number: string
  /** As this EPD shows it above its pages, `J. de Vries`. */
  readonly name: string
  readonly bsn: string
  readonly birthDate: string
  /** What whoever registered the patient left there. */
  readonly marker: string
  /** False when the patient died or the file was merged into another. */
  readonly usable: boolean
}

/** Opens and reads the file of this patient number. Fails with `another-patient` when the EPD shows somebody else's. */
export async function readPatientFile(epd: WebSystem, number: string): Promise<PatientFile> {
  const page = await epd.page()
  const heading = part(epd, page, 'file.heading', { role: 'heading', name: 'Patiëntdossier' })
  await open(epd, patientPath(number), { file: heading }, 'the heading "Patiëntdossier"')
  const frame = part(epd, page, 'file.frame', { css: 'iframe[title="Patiëntgegevens"]' }).contentFrame()
  const table = part(epd, frame, PATIENT.name, { role: 'table', name: PATIENT.table })
  await expectOneOf(frame, { table }, 'the table "Patiënt" in the file', { system: epd.id })
  const shown = await readProperties(epd, frame, PATIENT)
  if (shown.number !== number) throw anotherPatient(epd)
  const birthDate = fromDutchDate(shown.birthDate)
  if (birthDate === undefined) throw changed(epd, 'a date of birth')
  const warnings = await frame.getByRole('alert').count()
  const { name, bsn, marker, family: familyName, given: firstNames } = shown
  const usable = shown.deceased === ALIVE && warnings === 0
  return { number, name, bsn, birthDate, marker, familyName, firstNames, usable }
}

/** `/patienten/4100049` */
export function patientPath(number: string): string {
  return `/patienten/${encodeURIComponent(number)}`
}

/** Somebody else is on the screen than was asked for: nothing may be pressed. */
export function anotherPatient({ id: system }: WebSystem): Failure {
  const sentence = `${system} shows another patient than was asked for: nothing was pressed. Have the system looked at before robots go on.`
  return new Failure('unexpected', 'another-patient', sentence, { system })
}
