import { Failure } from '../failure.ts'
import { asBrowserFailure } from './browser-failure.ts'
import { fillInPage } from './fill-in-page.ts'
import type { Field, FillProblem } from './fill-in-page.ts'
import type { Scope } from './locate.ts'

export type { Field } from './fill-in-page.ts'

const PROBLEMS: Readonly<Record<FillProblem, string>> = {
  missing: 'is not on the page',
  ambiguous: 'is on the page more than once',
  closed: 'cannot be filled in: it is switched off or read-only',
  'too-long': 'takes fewer characters than what belongs in it',
  'no-option': 'does not offer, exactly once, the choice that was to be made',
  differs: 'shows something else than what was filled in',
}

/**
 * Fills fields by their labels in one round trip, whatever their number, and reads them back: text, numbers, dates,
 * lists, checkboxes; in a page, a frame or one part of it. Fails with `field-…` naming the label, never the value.
 */
export async function fillFields(scope: Scope, fields: readonly Field[], system?: string): Promise<void> {
  const root = 'count' in scope ? scope : scope.locator(':root')
  const problem = await root.evaluate(fillInPage, fields.map(inOneLineEnding)).catch((error: unknown) => {
    throw asBrowserFailure(error, system === undefined ? {} : { system })
  })
  if (!problem) return
  const [label, kind] = problem
  const sentence = `The field "${label}" ${PROBLEMS[kind]}: look at the page.`
  throw new Failure('unexpected', `field-${kind}`, sentence, { system })
}

/** Text areas hold one kind of line ending, whatever was put in. */
function inOneLineEnding(field: Field): Field {
  return { ...field, value: field.value.replaceAll('\r\n', '\n') }
}
