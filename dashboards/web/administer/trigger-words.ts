import type { Language, TextKey } from '../texts.ts'
import type { Texts } from '../shared/use-texts.ts'
import type { MessageTrigger, Trigger } from './answers.ts'
import { scheduleText } from './schedule-text.ts'

type ChangeTrigger = Extract<Trigger, { readonly kind: 'fhir' }>
type Condition = MessageTrigger['conditions'][number]

/** What messages are called that hospitals send most; others keep their code alone. */
export const MESSAGE_TYPES = {
  'ADT^A01': 'administer.hl7.a01',
  'ADT^A02': 'administer.hl7.a02',
  'ADT^A03': 'administer.hl7.a03',
  'ADT^A04': 'administer.hl7.a04',
  'ADT^A05': 'administer.hl7.a05',
  'ADT^A08': 'administer.hl7.a08',
  'ADT^A11': 'administer.hl7.a11',
  'ADT^A13': 'administer.hl7.a13',
  'ADT^A28': 'administer.hl7.a28',
  'ADT^A31': 'administer.hl7.a31',
  'ADT^A40': 'administer.hl7.a40',
  'ORM^O01': 'administer.hl7.o01',
  'OML^O21': 'administer.hl7.o21',
  'ORU^R01': 'administer.hl7.r01',
  'SIU^S12': 'administer.hl7.s12',
  'SIU^S13': 'administer.hl7.s13',
  'SIU^S15': 'administer.hl7.s15',
  'MDM^T02': 'administer.hl7.t02',
} as const satisfies Readonly<Record<string, TextKey>>

/** What fields of a message hold that are asked about most. */
export const MESSAGE_FIELDS = {
  'MSH-3.1': 'administer.hl7.sender',
  'MSH-4.1': 'administer.hl7.facility',
  'PID-8': 'administer.hl7.sex',
  'PID-29': 'administer.hl7.diedon',
  'PID-30': 'administer.hl7.died',
  'PV1-2': 'administer.hl7.class',
  'PV1-3.1': 'administer.hl7.ward',
  'PV1-10': 'administer.hl7.service',
  'PV1-44': 'administer.hl7.admitted',
  'PV1-45': 'administer.hl7.discharged',
  'ORC-1': 'administer.hl7.order',
  'OBR-4.1': 'administer.hl7.test',
  'OBR-25': 'administer.hl7.status',
} as const satisfies Readonly<Record<string, TextKey>>

/** A trigger as a person says it. */
export function triggerWords(trigger: Trigger, t: Texts, language: Language): string {
  switch (trigger.kind) {
    case 'schedule': {
      const when = scheduleText(trigger.cron, t, language)
      return trigger.skipHolidays ? `${when}, ${t('administer.trigger.skips')}` : when
    }
    case 'hl7':
      return messageWords(trigger, t, language)
    case 'fhir':
      return changeWords(trigger, t, language)
  }
}

/** Which messages start the robot: `ADT^A08 (gegevens gewijzigd), als overleden (PID-30) gelijk is aan "Y"`. */
function messageWords({ messageTypes, conditions }: MessageTrigger, t: Texts, language: Language): string {
  const types = messageTypes.map((type) => named(type, MESSAGE_TYPES, t))
  const which = t('administer.trigger.hl7', { types: listed(types, language, 'disjunction') })
  if (conditions.length === 0) return `${which}.`
  const all = conditions.map((one) => conditionWords(one, t, language))
  return `${t('administer.trigger.hl7.if', { which, conditions: listed(all, language, 'conjunction') })}.`
}

function conditionWords(condition: Condition, t: Texts, language: Language): string {
  const field = Object.hasOwn(MESSAGE_FIELDS, condition.field)
    ? `${named(condition.field, MESSAGE_FIELDS, t)}`
    : condition.field
  switch (condition.is) {
    case 'equals':
    case 'starts-with':
      return t(`administer.condition.${condition.is}.words`, { field, value: quoted(condition.value) })
    case 'one-of':
      return t('administer.condition.one-of.words', {
        field,
        value: listed(condition.values.map(quoted), language, 'disjunction'),
      })
    case 'present':
    case 'absent':
      return t(`administer.condition.${condition.is}.words`, { field })
  }
}

/** What is asked of a FHIR system, and how often. */
function changeWords(trigger: ChangeTrigger, t: Texts, language: Language): string {
  const { resourceType: type, everySeconds: seconds, parameters, since, notified } = trigger
  const narrowed = Object.entries(parameters).map(([name, value]) => `${name} = ${value ?? ''}`)
  const parts = [
    t('administer.trigger.fhir', { type, seconds }),
    ...(narrowed.length > 0
      ? [t('administer.trigger.fhir.only', { narrowed: listed(narrowed, language, 'conjunction') })]
      : []),
    ...(since === undefined ? [] : [t('administer.trigger.fhir.since', { since: moment(since, language) })]),
    ...(notified ? [t('administer.trigger.fhir.notified')] : []),
  ]
  return `${parts.join(', ')}.`
}

function moment(since: string, language: Language): string {
  const at = new Date(since)
  const locale = language === 'nl' ? 'nl-NL' : 'en-GB'
  return new Intl.DateTimeFormat(locale, { dateStyle: 'long', timeStyle: 'short' }).format(at)
}

function named(code: string, names: Readonly<Record<string, TextKey>>, t: Texts): string {
  const key = Object.hasOwn(names, code) ? names[code] : undefined
  return key === undefined ? code : `${code} (${t(key)})`
}

function listed(words: readonly string[], language: Language, type: 'conjunction' | 'disjunction'): string {
  return new Intl.ListFormat(language === 'nl' ? 'nl-NL' : 'en-GB', { type }).format(words)
}

const quoted = (value: string): string => `“${value}”`
