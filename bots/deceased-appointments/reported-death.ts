import type { Hl7Message } from '../../connectors/hl7/message.ts'
import { Failure } from '../../connectors/failure.ts'

/** A death as a message reported it: what a patient is looked up by, and what is compared before anything is cancelled. */
export interface ReportedDeath {
  readonly hospitalNumber: string
  /** Local date, `2026-11-21`; missing when the message gives none. */
  readonly died?: string
  readonly birthDate?: string
  /** The own name, without particles and without a partner's name. */
  readonly familyName?: string
}

/** Change of data, change of a person's data, discharge: the messages in which hospitals report a death. */
const EVENTS: ReadonlySet<string> = new Set(['A08', 'A31', 'A03'])

/**
 * The death that an ADT message reports; none for any other message, a withdrawn death included.
 * @param authority assigning authority (PID-3.4) of the hospital's own patient numbers
 * @throws business when it reports a death but contradicts itself, or does not say whose
 */
export function readDeath(message: Hl7Message, authority: string): ReportedDeath | undefined {
  if (message.type !== 'ADT' || !EVENTS.has(message.trigger) || !reportsDeath(message)) return undefined
  const died = readDate(message.get('PID-29'))
  const birthDate = readDate(message.get('PID-7'))
  const familyName = message.get('PID-5.1.3') ?? message.get('PID-5.1.1')
  return {
    hospitalNumber: hospitalNumber(message, authority),
    ...(died !== undefined && { died }),
    ...(birthDate !== undefined && { birthDate }),
    ...(familyName !== undefined && { familyName }),
  }
}

/** PID-30 is the indicator; senders that leave it out report a death by its date alone. */
function reportsDeath(message: Hl7Message): boolean {
  const indicator = message.get('PID-30')
  const time = message.get('PID-29')
  const withdrawn = time === ''
  if ((indicator === 'Y' && withdrawn) || (indicator === 'N' && time !== undefined && !withdrawn)) {
    const sentence =
      'The message contradicts itself about a death: PID-29 and PID-30 say different things. Ask its sender.'
    throw new Failure('business', 'death-contradicted', sentence)
  }
  return indicator === 'Y' || (indicator !== 'N' && time !== undefined && !withdrawn)
}

/** The first repetition of PID-3 may be anything, a BSN or empty: only the authority tells which number is ours. */
function hospitalNumber(message: Hl7Message, authority: string): string {
  const authorities = message.all('PID-3.4.1')
  const numbers = message
    .all('PID-3.1')
    .filter((number, at) => number !== '' && authorities[at] === authority)
  const [number, other] = new Set(numbers)
  if (number !== undefined && other === undefined) return number
  const what = number === undefined ? 'no number' : 'more than one number'
  const sentence = `The message reports a death, but PID-3 has ${what} of the authority "${authority}": ask its sender, or correct the setting.`
  throw new Failure('business', 'hospital-number-missing', sentence)
}

/** The date of an HL7 time; a year or month alone is none. */
function readDate(time: string | undefined): string | undefined {
  const [, year, month, day] = /^(\d{4})(\d{2})(\d{2})/.exec(time ?? '') ?? []
  return year === undefined ? undefined : `${year}-${month}-${day}`
}
