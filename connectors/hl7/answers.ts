import { asFailure, Failure } from '../failure.ts'
import type { Hl7Message } from './message.ts'
import { readMessage } from './message.ts'

/** `AA` or `CA`: the receiver has it. */
export interface Answer {
  readonly code: string
  readonly message: Hl7Message
}

/** The acknowledgement in a frame; undefined when it is none. */
export function readAnswer(bytes: Buffer): Answer | undefined {
  try {
    const message = readMessage(bytes)
    const code = message.get('MSA-1') ?? ''
    return /^[AC][AER]$/.test(code) ? { code, message } : undefined
  } catch (error) {
    if (asFailure(error).kind === 'business') return undefined
    throw error
  }
}

/** Whether the receiver took it. */
export const isTaken = ({ code }: Answer): boolean => code.endsWith('A')

/** AE and AR say that the receiver did not take it, so a person decides; HL7's own error number tells why. */
export function refused(system: string, answer: Answer): Failure {
  const number = answer.message.get('ERR-3.1') ?? answer.message.get('ERR-1.4.1') ?? ''
  const why = /^\d{3}$/.test(number) ? ` with HL7 error ${number}` : ''
  const sentence = `${system} refused the HL7 message (${answer.code})${why}: look at its answer and correct the message.`
  return new Failure('business', 'hl7-refused', sentence, { system, cause: answer, notDone: true })
}

/** Sent, and not known to have arrived. @param what what the receiver did instead of answering */
export function unanswered(system: string, code: string, what: string): Failure {
  const sentence = `${system} ${what}: the HL7 message may have arrived. Look it up there before sending it again.`
  return new Failure('unsure', code, sentence, { system })
}
