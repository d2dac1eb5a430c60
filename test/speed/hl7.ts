import { openReceivingContests } from './hl7-receiving.ts'
import { readingContests } from './hl7-reading.ts'
import type { Subject, SubjectOptions } from './speed.ts'

/** The rows about HL7: receiving over MLLP, and reading a message's header and patient. */
export async function openHl7Contests(options: SubjectOptions): Promise<Subject> {
  const receiving = await openReceivingContests(options)
  return {
    contests: [...readingContests(options), ...receiving.contests],
    [Symbol.asyncDispose]: () => receiving[Symbol.asyncDispose](),
  }
}
