import { Validator, type OutputUnit, type Schema } from '@cfworker/json-schema'
import { chosenShapes, type FormNode } from './form-values.ts'
import type { Texts } from './use-texts.ts'

/** Of these the reason is told by what is inside them. */
const ONLY_CONTAIN = new Set([
  'properties',
  'items',
  'additionalItems',
  '$ref',
  'allOf',
  'if',
  'then',
  'else',
  'dependencies',
])

/**
 * What is wrong in a form, by the place of the field: `limits.connectMs`, `insurers.0`. Checks by walking the schema, where
 * other validators write code at run time, which the content policy forbids.
 */
export function formProblems(schema: FormNode, value: unknown, t: Texts): ReadonlyMap<string, string> {
  const filled = plain(value)
  const chosen = withoutDialect(chosenShapes(schema, filled))
  // Both describe JSON Schema; they differ in how strictly they type what they do not use.
  const { errors } = new Validator(chosen as Schema, '7', false).validate(filled)
  const wrong = errors.filter(isReason).map((error) => {
    const place = placeOf(error).join('.')
    return [place, sentence(error.keyword, limitAt(chosen, error.keywordLocation), t)] as const
  })
  // Of several reasons the first is told; the map keeps the last.
  return new Map(wrong.toReversed())
}

/** The dialect is known already, and a validator would try to look up its address. */
const withoutDialect = ({ $schema: _dialect, ...schema }: FormNode): FormNode => schema

/** Of a choice between shapes just that none fits, not all that each of them lacks. */
const isReason = ({ keyword, keywordLocation }: OutputUnit): boolean =>
  !ONLY_CONTAIN.has(keyword) && !/\/(anyOf|oneOf)\/\d+/.test(keywordLocation)

/** What was never filled in does not exist in JSON, and the validator knows JSON only. */
function plain(value: unknown): unknown {
  return value === undefined ? {} : JSON.parse(JSON.stringify(value))
}

function placeOf({ keyword, instanceLocation, error }: OutputUnit): readonly string[] {
  const missing = keyword === 'required' ? (/"([^"]+)"/.exec(error)?.[1] ?? '') : ''
  const steps = instanceLocation.split('/').slice(1).map(decodePointer)
  return missing === '' ? steps : [...steps, missing]
}

const decodePointer = (step: string): string =>
  decodeURIComponent(step).replaceAll('~1', '/').replaceAll('~0', '~')

/** What the schema says at the place that was not kept: the 1 of `minimum: 1`. */
function limitAt(schema: FormNode, location: string): string {
  let here: unknown = schema
  for (const step of location.split('/').slice(1).map(decodePointer)) {
    if (typeof here !== 'object' || here === null) return ''
    here = Object.entries(here).find(([name]) => name === step)?.[1]
  }
  return typeof here === 'number' || typeof here === 'string' ? String(here) : ''
}

function sentence(keyword: string, value: string, t: Texts): string {
  switch (keyword) {
    case 'required':
    case 'minItems':
      return t('shared.form.required')
    case 'minLength':
      return value === '1' ? t('shared.form.required') : t('shared.form.minlength', { value })
    case 'maxLength':
      return t('shared.form.maxlength', { value })
    case 'minimum':
      return t('shared.form.minimum', { value })
    case 'exclusiveMinimum':
      return t('shared.form.above', { value })
    case 'maximum':
      return t('shared.form.maximum', { value })
    case 'exclusiveMaximum':
      return t('shared.form.below', { value })
    default:
      return t('shared.form.wrong')
  }
}
