import { Validator, type OutputUnit, type Schema } from '@cfworker/json-schema'
import { toErrorSchema, type RJSFSchema, type RJSFValidationError, type ValidatorType } from '@rjsf/utils'
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

/** Checks by walking the schema, where other validators write code at run time, which the content policy forbids. */
export function schemaValidator(t: Texts): ValidatorType<unknown> {
  return {
    validateFormData(formData, schema) {
      const errors = problems(schema, formData).map((problem) => asFormError(problem, schema, t))
      return { errors, errorSchema: toErrorSchema(errors) }
    },
    isValid(schema, formData, root) {
      const { definitions, $defs } = root
      const whole = { ...(definitions ? { definitions } : {}), ...($defs ? { $defs } : {}), ...schema }
      return problems(whole, formData).length === 0
    },
    rawValidation(schema, formData) {
      return { errors: problems(schema, formData).map((problem) => JSON.parse(JSON.stringify(problem))) }
    },
  }
}

/** What is wrong and where: of a choice between shapes just that none fits, not all that each of them lacks. */
function problems(schema: RJSFSchema, formData: unknown): OutputUnit[] {
  // Both describe JSON Schema; they differ in how strictly they type what they do not use.
  const validator = new Validator(schema as Schema, '7', false)
  const { errors } = validator.validate(plain(formData))
  return errors.filter(
    ({ keyword, keywordLocation }) =>
      !ONLY_CONTAIN.has(keyword) && !/\/(anyOf|oneOf)\/\d+/.test(keywordLocation),
  )
}

/** What was never filled in does not exist in JSON, and the validator knows JSON only. */
function plain(formData: unknown): unknown {
  return formData === undefined ? {} : JSON.parse(JSON.stringify(formData))
}

function asFormError(
  { keyword, keywordLocation, instanceLocation, error }: OutputUnit,
  schema: RJSFSchema,
  t: Texts,
): RJSFValidationError {
  const missing = keyword === 'required' ? (/"([^"]+)"/.exec(error)?.[1] ?? '') : ''
  const steps = instanceLocation.split('/').slice(1).map(decodePointer)
  const path = missing === '' ? steps : [...steps, missing]
  const message = sentence(keyword, limitAt(schema, keywordLocation), t)
  return { name: keyword, property: `.${path.join('.')}`, message, stack: `${path.join('.')}: ${message}` }
}

const decodePointer = (step: string): string =>
  decodeURIComponent(step).replaceAll('~1', '/').replaceAll('~0', '~')

/** What the schema says at the place that was not kept: the 1 of `minimum: 1`. */
function limitAt(schema: RJSFSchema, location: string): string {
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
    case 'exclusiveMinimum':
      return t('shared.form.minimum', { value })
    case 'maximum':
    case 'exclusiveMaximum':
      return t('shared.form.maximum', { value })
    default:
      return t('shared.form.wrong')
  }
}
