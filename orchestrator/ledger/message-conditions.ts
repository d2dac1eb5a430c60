import { z } from 'zod'
import { Failure } from '../../connectors/failure.ts'
import type { Hl7Message } from '../../connectors/hl7/message.ts'
import { readPath } from '../../connectors/hl7/path.ts'

const field = z.string().refine(isPath, 'write a place such as PID-30, PV1-2 or PID-3[2].4')
const value = z.string().min(1, 'write a value; for an empty field use "is": "absent"').max(200)
const compared = { field, value }

const condition = z.discriminatedUnion(
  'is',
  [
    z.strictObject({ ...compared, is: z.literal('equals') }),
    z.strictObject({ ...compared, is: z.literal('starts-with') }),
    z.strictObject({
      field,
      is: z.literal('one-of'),
      values: z.array(value).min(1, 'write at least one value'),
    }),
    z.strictObject({ field, is: z.literal('present') }),
    z.strictObject({ field, is: z.literal('absent') }),
  ],
  { error: 'write one of equals, one-of, present, absent, starts-with' },
)

/** The conditions of a trigger, as they are stored or set up. */
export const messageConditions = z.array(condition).max(20, 'write 20 conditions at most')

/** What must hold of a field for a message to go to a deployment; there are no expressions. */
export type MessageCondition = z.output<typeof condition>

/**
 * Conditions as they are stored or set up.
 * @param where what they belong to, for the sentence: `trigger oost-adt`
 * @throws {Failure} `business`: names the first wrong field and what to write
 */
export function readConditions(raw: unknown, where: string): readonly MessageCondition[] {
  const result = messageConditions.safeParse(raw)
  if (result.success) return result.data
  const [issue] = result.error.issues
  const path = ['conditions', ...(issue?.path ?? [])].join('.')
  throw new Failure('business', 'field-invalid', `Field ${path} of ${where}: ${issue?.message}.`)
}

/**
 * Whether all conditions hold. Every repetition of every such segment counts, unless the place names one; a field that
 * asks to delete (`""`) is absent. Values are compared as they are read, unescaped, case and all.
 */
export function meetsAll(message: Hl7Message, all: readonly MessageCondition[]): boolean {
  return all.every((one) =>
    meets(
      message.all(one.field).filter((text) => text !== ''),
      one,
    ),
  )
}

function meets(texts: readonly string[], wanted: MessageCondition): boolean {
  switch (wanted.is) {
    case 'equals':
      return texts.includes(wanted.value)
    case 'one-of':
      return wanted.values.some((one) => texts.includes(one))
    case 'starts-with':
      return texts.some((text) => text.startsWith(wanted.value))
    case 'present':
      return texts.length > 0
    case 'absent':
      return texts.length === 0
  }
}

function isPath(text: string): boolean {
  try {
    readPath(text)
    return true
  } catch (error) {
    if (error instanceof Failure) return false
    throw error
  }
}
