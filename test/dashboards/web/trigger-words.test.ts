import { describe, expect, test } from 'vitest'
import { texts } from '../../../dashboards/web/administer/texts.ts'
import { triggerWords } from '../../../dashboards/web/administer/trigger-words.ts'
import type { Texts } from '../../../dashboards/web/shared/use-texts.ts'

const wordsOf =
  (language: 'nl' | 'en'): Texts =>
  (key, values = {}) => {
    const words: Readonly<Record<string, string>> = texts[language]
    return (words[key] ?? key).replaceAll(/\{\{(\w+)\}\}/g, (_, name: string) => String(values[name]))
  }

const hl7 = { kind: 'hl7' as const, id: 'adt', messageTypes: ['ADT^A08', 'ZZZ^Z01'], conditions: [] }
const fhir = {
  ...{ kind: 'fhir' as const, id: 'tasks', role: 'fhir', resourceType: 'Task', parameters: {} },
  ...{ everySeconds: 60, overlapSeconds: 120, sorted: true, notified: false },
}

describe('what starts a robot, in words', () => {
  test('messages by their types, with a name where there is one', () => {
    expect(triggerWords(hl7, wordsOf('nl'), 'nl')).toBe(
      'Elk HL7-bericht ADT^A08 (gegevens gewijzigd) of ZZZ^Z01.',
    )
    expect(triggerWords(hl7, wordsOf('en'), 'en')).toBe('Each HL7 message ADT^A08 (data changed) or ZZZ^Z01.')
  })

  test('every comparison of a condition', () => {
    const conditions = [
      { field: 'PID-30', is: 'equals' as const, value: 'Y' },
      { field: 'PV1-2', is: 'one-of' as const, values: ['I', 'O'] },
      { field: 'PV1-3.1', is: 'starts-with' as const, value: 'CAR' },
      { field: 'ZXX-1', is: 'present' as const },
      { field: 'PV1-45', is: 'absent' as const },
    ]
    expect(triggerWords({ ...hl7, messageTypes: ['ADT^A08'], conditions }, wordsOf('nl'), 'nl')).toBe(
      'Elk HL7-bericht ADT^A08 (gegevens gewijzigd) waarin PID-30 (overleden) gelijk is aan “Y”, PV1-2 (soort contact) een is van “I” of “O”, PV1-3.1 (afdeling) begint met “CAR”, ZXX-1 ingevuld is en PV1-45 (ontslagdatum) leeg is.',
    )
    expect(triggerWords({ ...hl7, messageTypes: ['ADT^A08'], conditions }, wordsOf('en'), 'en')).toBe(
      'Each HL7 message ADT^A08 (data changed) in which PID-30 (died) equals “Y”, PV1-2 (kind of contact) is “I” or “O”, PV1-3.1 (ward) starts with “CAR”, ZXX-1 is filled in and PV1-45 (date of discharge) is empty.',
    )
  })

  test('changes with what they are narrowed down by', () => {
    expect(triggerWords(fhir, wordsOf('nl'), 'nl')).toBe(
      'Elke Task die is toegevoegd of gewijzigd, gevraagd om de 60 seconden.',
    )
    const parameters = { status: 'requested,ready', code: 'urn:x|letter' }
    const narrowed = { ...fhir, parameters, since: '2026-01-01T00:00:00+01:00', notified: true }
    expect(triggerWords(narrowed, wordsOf('nl'), 'nl')).toMatch(
      /^Elke Task .* om de 60 seconden, met status = requested,ready en code = urn:x\|letter, sinds .*20(25|26).*, en meteen als de server het meldt\.$/,
    )
  })

  test('names nothing that an object has by itself', () => {
    const odd = {
      ...hl7,
      messageTypes: ['toString'],
      conditions: [{ field: 'constructor', is: 'present' as const }],
    }
    expect(triggerWords(odd, wordsOf('en'), 'en')).toBe(
      'Each HL7 message toString in which constructor is filled in.',
    )
  })
})
