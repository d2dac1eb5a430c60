import type { Locator } from 'playwright'
import { asBrowserFailure } from './browser-failure.ts'
import { fillFields } from './fields.ts'
import { locate } from './locate.ts'
import type { Scope } from './locate.ts'
import type { WebSystem } from './session.ts'
import { Failure } from '../failure.ts'
import { listsIn, propertiesIn, requiredAndEmpty } from './tables-in-page.ts'

/** A table as a screen describes it: what it is called, and what its rows or columns are called, by our own names. */
export interface TableParts<Key extends string> {
  /** The prefix of the names by which a hospital can override its parts: `referral.patient`. */
  readonly name: string
  readonly table: string
  readonly parts: Readonly<Record<Key, string>>
}

/** What stands in each part, without white space around it; empty where the page shows nothing. */
export type Texts<Key extends string> = Readonly<Record<Key, string>>

export interface Line<Key extends string> {
  readonly cells: Texts<Key>
  /** Where the first link in it leads. */
  readonly href: string | undefined
}

/** The heading, button, link … of a screen, overridable under `name`. */
export function part(
  web: WebSystem,
  scope: Scope,
  name: string,
  fallback: Parameters<typeof locate>[3],
): Locator {
  return locate(scope, web.locators, name, fallback)
}

/** Reads a table of named properties in one round trip. Fails with `page-unexpected` naming the row that is not there. */
export async function readProperties<Key extends string>(
  web: WebSystem,
  scope: Scope,
  parts: TableParts<Key>,
): Promise<Texts<Key>> {
  const tables = part(web, scope, parts.name, { role: 'table', name: parts.table })
  const [found, other] = await inPage(web, tables, propertiesIn)
  if (!found || other) throw changed(web, `the table "${parts.table}" once`, parts.name)
  const textsOf = (label: string) => found.filter(([header]) => header === label).map(([, text]) => text)
  return pick(web, parts, textsOf)
}

/** Reads a list with column headers in one round trip, in whatever order its columns stand. Fails as `readProperties`. */
export async function readList<Key extends string>(
  web: WebSystem,
  scope: Scope,
  parts: TableParts<Key>,
): Promise<readonly Line<Key>[]> {
  const tables = part(web, scope, parts.name, { role: 'table', name: parts.table })
  const [found, other] = await inPage(web, tables, listsIn)
  if (!found || other) throw changed(web, `the table "${parts.table}" once`, parts.name)
  const cellsOf = (cells: readonly string[]) =>
    pick(web, parts, (label) => cells.filter((_, place) => found.headers[place] === label))
  // Also when there are no rows: a column that is not there says that it is another list.
  cellsOf(found.headers)
  return found.rows.map(({ cells, href }) => ({ cells: cellsOf(cells), href: href ?? undefined }))
}

/**
 * Fills fields by their labels, reads them back, and makes sure that nothing else has to be filled in: a required field
 * that the robot does not know means that the page was changed.
 */
export async function fillForm<Key extends string>(
  web: WebSystem,
  scope: Scope,
  form: { readonly name: string; readonly labels: Readonly<Record<Key, string>> },
  values: NoInfer<Readonly<Record<Key, string>>>,
): Promise<void> {
  const fields = keysOf(form.labels).map((key) => {
    return { label: labelOf(web, `${form.name}.${key}`, form.labels[key]), value: values[key] }
  })
  await fillFields(scope, fields, web.id).catch((error: unknown) => {
    if (!(error instanceof Failure && error.code === 'field-missing')) throw error
    const key = keysOf(form.labels).find((_key, place) => error.message.includes(`"${fields[place]?.label}"`))
    const { kind, code, message, system } = error
    throw new Failure(kind, code, message + otherwiseAs(web, key && `${form.name}.${key}`), { system })
  })
  const required = scope.locator('[required], [aria-required="true"]')
  const [empty] = await inPage(web, required, requiredAndEmpty)
  if (empty === undefined) return
  const sentence = `The page asks for "${empty.slice(0, 60)}", which the robot does not know or has nothing for: look at the page.`
  throw new Failure('unexpected', 'field-required', sentence, { system: web.id })
}

/**
 * The same failure as when a page does not show its heading.
 * @param name by which the settings of the system can describe it otherwise
 */
export function changed(web: WebSystem, what: string, name?: string): Failure {
  const sentence = `The page does not show ${what}: it is another page than the robot knows, or it was changed. Look at the page.${otherwiseAs(web, name)}`
  return new Failure('unexpected', 'page-unexpected', sentence, { system: web.id })
}

/** What an administrator can do about it without another robot: `WebSystem.locators`. */
function otherwiseAs({ id }: WebSystem, name: string | undefined): string {
  if (name === undefined) return ''
  return ` When it is only called otherwise here, describe it as "${name}" in the settings of system ${id}.`
}

/** The text of each part, all looked up now, so that one that is missing is noticed before anything is done. */
function pick<Key extends string>(
  web: WebSystem,
  { name, table, parts }: TableParts<Key>,
  textsOf: (label: string) => readonly string[],
): Texts<Key> {
  const texts: Record<Key, string> = { ...parts }
  for (const key of keysOf(parts)) {
    const label = labelOf(web, `${name}.${key}`, parts[key])
    const [text, other] = textsOf(label)
    if (text === undefined || other !== undefined)
      throw changed(web, `"${label}" once in the table "${table}"`, `${name}.${key}`)
    texts[key] = text
  }
  return texts
}

/** Our own names of the parts. */
export function keysOf<Key extends string>(parts: Readonly<Record<Key, string>>): readonly Key[] {
  return Object.keys(parts).filter((key): key is Key => key in parts)
}

/** A label as this hospital's settings have it (`{ label }` or `{ text }`), else as the screen knows it. */
function labelOf(web: WebSystem, name: string, label: string): string {
  const setting = web.locators?.[name]
  if (setting && 'label' in setting) return setting.label
  return setting && 'text' in setting ? setting.text : label
}

async function inPage<T>(web: WebSystem, locator: Locator, read: (elements: Element[]) => T): Promise<T> {
  return locator.evaluateAll(read).catch((error: unknown) => {
    throw asBrowserFailure(error, { system: web.id })
  })
}
