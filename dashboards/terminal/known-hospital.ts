import { Failure } from '../../connectors/failure.ts'

/** @throws business when this is none of the hospitals that are set up; none asked for means all */
export function expectHospital(hospital: string | undefined, known: readonly string[]): void {
  if (hospital === undefined || known.includes(hospital)) return
  const sentence = `Field hospital: there is no hospital "${hospital}"; give the id of one that is set up.`
  throw new Failure('business', 'hospital-unknown', sentence)
}
