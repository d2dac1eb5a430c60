import { Temporal } from 'temporal-polyfill'
import { z } from 'zod'
import { Failure } from '../../connectors/failure.ts'

const moment = z
  .string()
  .regex(
    /^\d{4}-\d\d-\d\d(T\d\d:\d\d(:\d\d)?)?$/,
    'write a date or a time, such as 2026-11-21 or 2026-11-21T14:00',
  )

const question = z.strictObject({
  type: z
    .string()
    .regex(/^[A-Z0-9]{3}(\^[A-Z0-9]{3})?$/, 'write ADT or ADT^A08')
    .optional(),
  sender: z.string().optional(),
  control: z.string().optional(),
  state: z.enum(['stored', 'routed', 'ignored', 'aside', 'skipped']).optional(),
  channel: z.string().optional(),
  patient: z
    .literal(
      '-',
      'write patient=- and give the number on standard input: what is typed here, others on this machine can see',
    )
    .optional(),
  from: moment.optional(),
  to: moment.optional(),
})

/** What `--search` asks for. */
export type SearchedFor = z.output<typeof question>

/**
 * Reads `type=ADT^A08,state=aside`.
 * @throws business: names what is wrong in it, never a patient's number
 */
export function readSearch(text: string): SearchedFor {
  const parts = text.split(',').map((part) => /^([a-z]+)=(.+)$/.exec(part.trim()))
  if (text !== '' && parts.some((part) => part === null)) throw invalid('write it as name=value,name=value')
  const given = Object.fromEntries(parts.flatMap((part) => (part ? [[part[1] ?? '', part[2] ?? '']] : [])))
  const result = question.safeParse(given)
  if (result.success) return result.data
  const [issue] = result.error.issues
  const name = issue?.path.join('.')
  if (!name) throw invalid(`choose from ${Object.keys(question.shape).join(', ')}`)
  throw invalid(`${name}: ${issue?.message}`)
}

/** A moment as it was typed, on the clock of a time zone. */
export function momentOf(typed: string | undefined, timeZone: string): Date | undefined {
  if (typed === undefined) return undefined
  const local = readLocal(typed)
  return new Date(local.toZonedDateTime(timeZone).epochMilliseconds)
}

function readLocal(typed: string): Temporal.PlainDateTime {
  try {
    return Temporal.PlainDateTime.from(typed)
  } catch (error) {
    if (error instanceof RangeError) throw invalid(`there is no ${typed} on the calendar`)
    throw error
  }
}

const invalid = (what: string) => new Failure('business', 'field-invalid', `Option --search: ${what}.`)
