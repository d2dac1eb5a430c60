import type { WebSystem } from '../../connectors/browser/session.ts'
import { comparePatients } from '../../connectors/identity.ts'
import { fromDutchDate } from '../../connectors/dutch-date.ts'
import { anotherPatient } from './epd-patient-file.ts'
import type { PatientFile } from './epd-patient-file.ts'
import { readProperties } from '../../connectors/browser/screen-parts.ts'

/** The bar above the EPD's pages that says whom they are about. */
const BAR = {
  name: 'bar.patient',
  table: 'Patiënt',
  parts: { name: 'Naam', birthDate: 'Geboortedatum', bsn: 'BSN', number: 'ZIS-nummer' },
} as const

/** The patient number in the bar of the open page. */
export async function readBar(epd: WebSystem): Promise<string> {
  return (await readProperties(epd, await epd.page(), BAR)).number
}

/** Fails with `another-patient` unless the bar shows this patient: the same number, and two more attributes that agree. */
export async function expectInBar(epd: WebSystem, file: PatientFile): Promise<void> {
  const { name: familyName, bsn, number, ...shown } = await readProperties(epd, await epd.page(), BAR)
  const birthDate = fromDutchDate(shown.birthDate)
  // The bar has the name as one text, so it is compared with the same text in the file.
  const meant = { bsn: file.bsn, birthDate: file.birthDate, familyName: file.name }
  const same = comparePatients({ bsn, birthDate, familyName }, meant) === 'same'
  if (number !== file.number || !same) throw anotherPatient(epd)
}
