import { Failure } from '../../connectors/failure.ts'

/**
 * The hospitals that a question is about: the one that it names, or all of one's own.
 * @throws business `not-found` when it names one that is not one's own
 */
export function hospitalsAsked(own: readonly string[], hospital: string | undefined): readonly string[] {
  if (hospital === undefined) return own
  if (own.includes(hospital)) return [hospital]
  const sentence = `Field hospital: "${hospital}" is none of your hospitals; choose one that is.`
  throw new Failure('business', 'not-found', sentence)
}
