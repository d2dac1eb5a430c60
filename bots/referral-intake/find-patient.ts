import type { WebSystem } from '../../connectors/browser/session.ts'
import { Failure } from '../../connectors/failure.ts'
import { comparePatients } from '../../connectors/identity.ts'
import type { PatientAttributes } from '../../connectors/identity.ts'
import { readPatientFile } from './epd-patient-file.ts'
import type { PatientFile } from './epd-patient-file.ts'
import { searchPatients } from './epd-patient-search.ts'
import { attributesOf } from './referral.ts'
import type { ReferredPatient } from './referral.ts'

/** More people of one name and birth date than this are for a person to tell apart. */
const MOST_FILES = 5

/**
 * The one file of the referred patient; none when the EPD does not know them. Fails with `patient-uncertain` (business)
 * when somebody was found who may or may not be the patient.
 */
export async function findPatient(
  epd: WebSystem,
  patient: ReferredPatient,
): Promise<PatientFile | undefined> {
  const files = await filesByKey(epd, patient)
  if (files.length === 0 && patient.bsn !== '') await expectNobodyWithoutBsn(epd, patient)
  if (files.length === 0) return undefined
  const same = files.filter((file) => comparePatients(attributesOf(patient), file) === 'same')
  const others = files.filter((file) => comparePatients(attributesOf(patient), file) !== 'different')
  const [file] = same
  if (!file || others.length > 1 || (patient.bsn !== '' && files.length > 1)) throw uncertain(SEVERAL)
  expectCertain(patient, file)
  return file
}

/** The files under the patient's BSN, or when the referral has none under the name and birth date. */
export async function filesByKey(
  epd: WebSystem,
  { bsn, family, birthDate }: ReferredPatient,
): Promise<readonly PatientFile[]> {
  const query = bsn === '' ? { bsn, family, birthDate } : { bsn, family: '', birthDate: '' }
  return readFiles(epd, await searchPatients(epd, query))
}

/** Somebody whose BSN was never filled in is not found by it, and would get a second file. */
async function expectNobodyWithoutBsn(epd: WebSystem, { family, birthDate }: ReferredPatient): Promise<void> {
  const lines = await searchPatients(epd, { bsn: '', family, birthDate })
  if (lines.some(({ bsn }) => bsn === '')) throw uncertain(WITHOUT_BSN)
}

async function readFiles(
  epd: WebSystem,
  lines: readonly { readonly number: string }[],
): Promise<PatientFile[]> {
  if (lines.length > MOST_FILES) throw uncertain(SEVERAL)
  const files: PatientFile[] = []
  for (const { number } of lines) files.push(await readPatientFile(epd, number))
  return files
}

/** Fails with `patient-uncertain` unless this shows the referred patient, alive and in a file that is in use. */
export function expectCertain(
  patient: ReferredPatient,
  shown: PatientAttributes & { readonly usable: boolean },
): void {
  if (comparePatients(attributesOf(patient), shown) !== 'same') throw uncertain(DIFFERS)
  if (!shown.usable) throw uncertain(NOT_USABLE)
}

const SEVERAL = 'the hospital knows several who may be meant, or somebody who is like them but not the same'
const WITHOUT_BSN = 'the hospital knows somebody of the same name and birth date without a BSN'
const DIFFERS = 'what the hospital knows of the patient differs from the referral'
const NOT_USABLE = 'the file that was found is of somebody who died, or was merged into another'

/** A case in which only a person can say who is meant. */
export function uncertain(why: string): Failure {
  const sentence = `It is not certain who the patient is: ${why}. Compare referral and file, and correct the one that is wrong.`
  return new Failure('business', 'patient-uncertain', sentence)
}
