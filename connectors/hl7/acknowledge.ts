import { timestamp } from './build.ts'
import { writeText } from './escaping.ts'
import type { Delimiters } from './layout.ts'
import { STANDARD_DELIMITERS } from './layout.ts'
import type { Hl7Message } from './message.ts'

/** HL7 table 0357: what is wrong, as the sender's software can read it. */
const ERRORS = {
  100: 'Segment sequence error',
  101: 'Required field missing',
  102: 'Data type error',
  103: 'Table value not found',
  200: 'Unsupported message type',
  201: 'Unsupported event code',
  202: 'Unsupported processing id',
  203: 'Unsupported version id',
  204: 'Unknown key identifier',
  205: 'Duplicate key identifier',
  206: 'Application record locked',
  207: 'Application internal error',
} as const
export type ErrorCode = keyof typeof ERRORS

/**
 * What is answered: `accept` says that it is kept safe; `error` that it may be sent again once the cause is gone;
 * `reject` that it never will be taken as it is. The sentence holds no patient data.
 */
export type Verdict =
  | { readonly answer: 'accept' }
  | { readonly answer: 'error' | 'reject'; readonly sentence: string; readonly code?: ErrorCode }

export interface AcknowledgeTools {
  readonly now: () => Date
  /** A new id for MSH-10: at most 20 letters and digits. */
  readonly newId: () => string
}

/** The answers a message asked for: each bytes of one message, or undefined when it asked for none. */
export interface Acknowledgements {
  /** CA, CE or CR: only in the enhanced mode. */
  readonly accept: Buffer | undefined
  /** AA, AE or AR. */
  readonly application: Buffer | undefined
}

/**
 * The answers to a message, as its MSH-15 and MSH-16 ask. Neither is the original mode: one AA, AE or AR. Otherwise
 * the enhanced mode: each only when asked (AL always, ER on error, SU on success, NE and empty never), and a refusal at
 * accept level leaves out the application's. An unreadable message (undefined) is always answered.
 */
export function acknowledge(
  message: Hl7Message | undefined,
  verdict: Verdict,
  tools: AcknowledgeTools,
): Acknowledgements {
  const answer = (level: 'A' | 'C') => writeAnswer(message, level + LETTERS[verdict.answer], verdict, tools)
  const [acceptAsked, applicationAsked] = conditionsOf(message)
  if (acceptAsked === '' && applicationAsked === '') return { accept: undefined, application: answer('A') }
  const accepted = verdict.answer === 'accept'
  const accept = isAsked(acceptAsked, accepted) ? answer('C') : undefined
  const stops = accept !== undefined && !accepted
  return { accept, application: !stops && isAsked(applicationAsked, accepted) ? answer('A') : undefined }
}

const LETTERS = { accept: 'A', error: 'E', reject: 'R' } as const

const CONDITIONS = ['AL', 'NE', 'ER', 'SU']

/** What MSH-15 and MSH-16 ask, '' where one does not hold a condition: nonsense there must not silence the answer. */
function conditionsOf(message: Hl7Message | undefined): readonly [string, string] {
  const conditionIn = (field: number) => {
    const asked = message?.header(field).toUpperCase() ?? ''
    return CONDITIONS.includes(asked) ? asked : ''
  }
  return [conditionIn(15), conditionIn(16)]
}

function isAsked(condition: string, accepted: boolean): boolean {
  return condition === 'AL' || condition === (accepted ? 'SU' : 'ER')
}

function writeAnswer(
  message: Hl7Message | undefined,
  code: string,
  verdict: Verdict,
  tools: AcknowledgeTools,
): Buffer {
  const delimiters = message?.delimiters ?? STANDARD_DELIMITERS
  const version = message?.version || '2.4'
  const lines = [header(message, delimiters, version, tools)]
  const sentence = verdict.answer === 'accept' ? '' : written(verdict.sentence, delimiters)
  const msa = ['MSA', code, message?.header(10) ?? '', ...(sentence ? [sentence] : [])]
  lines.push(msa.join(delimiters.field))
  if (verdict.answer !== 'accept') {
    const error = verdict.code ?? 207
    lines.push(isBefore25(version) ? oldError(error, delimiters) : newError(error, sentence, delimiters))
  }
  return Buffer.from(lines.join('\r') + '\r', 'latin1')
}

/** Sender and receiver swapped byte for byte; version, processing id, country and character set as received. */
function header(
  message: Hl7Message | undefined,
  delimiters: Delimiters,
  version: string,
  tools: AcknowledgeTools,
): string {
  const { field, component } = delimiters
  const raw = (at: number) => message?.header(at) ?? ''
  const dontAnswer = conditionsOf(message).join('') === '' ? '' : 'NE'
  const type = [
    'ACK',
    ...(message?.trigger && !isBefore(version, 2, 3) ? [raw(9).split(component)[1] || message.trigger] : []),
  ]
  if (type.length > 1 && !isBefore25(version)) type.push('ACK')
  const fields = [
    raw(2) || '^~\\&',
    raw(5),
    raw(6),
    raw(3),
    raw(4),
    timestamp(tools.now()),
    '',
    type.join(component),
    tools.newId(),
    raw(11) || 'P',
    raw(12) || version,
    '',
    '',
    dontAnswer,
    dontAnswer,
    raw(17),
    raw(18),
  ]
  while (fields.at(-1) === '') fields.pop()
  return ['MSH', ...fields].join(field)
}

/** ERR-1 before 2.5: segment, sequence and field are left open; the fourth component holds code, text and table. */
function oldError(code: ErrorCode, { field, component, subcomponent }: Delimiters): string {
  return `ERR${field}${component.repeat(3)}${[code, ERRORS[code], 'HL70357'].join(subcomponent || ' ')}`
}

/** ERR since 2.5: code in 3, severity in 4, what a person can read in 8. */
function newError(code: ErrorCode, sentence: string, { field, component }: Delimiters): string {
  const coded = [code, ERRORS[code], 'HL70357'].join(component)
  return ['ERR', '', '', coded, 'E', '', '', '', sentence].join(field)
}

/** Our own words in the signs that every character set has. */
function written(sentence: string, delimiters: Delimiters): string {
  const ascii = sentence
    .normalize('NFD')
    .replace(/\p{M}/gu, '')
    .replace(/[^\x20-\x7e]/g, '?')
  const plain = delimiters.escape === '' ? ascii.replace(/[^A-Za-z0-9 .,:;]/g, ' ') : ascii
  return writeText(plain, delimiters, 'ASCII')
}

function isBefore25(version: string): boolean {
  return isBefore(version, 2, 5)
}

function isBefore(version: string, major: number, minor: number): boolean {
  const [, first = '2', second = '4'] = /^(\d+)\.(\d+)/.exec(version) ?? []
  return Number(first) < major || (Number(first) === major && Number(second) < minor)
}
