import { markup, type Markup } from './html.ts'

export interface Field {
  readonly name: string
  readonly label: string
  readonly type?: 'text' | 'password' | 'date' | 'select' | 'textarea' | 'file' | 'calendar'
  readonly options?: readonly string[]
  readonly required?: boolean
  /** Says what is wrong with a filled-in value, or nothing. */
  readonly check?: (value: string) => string | undefined
}
export type Values = Readonly<Record<string, string>>

/** Ways in which a form is not as it was (fault `page-changed`), by number. */
const FIELDS_SWAPPED = 1
const FIELD_ADDED = 2
const ADDED: Field = { name: 'zorgpad', label: 'Zorgpad', required: true }
const ADDED_SIGN = '_zorgpad'

/** A form of labelled fields. `change` is the number of a page change; `hidden` values are sent along. */
export function form(
  { action, button, fields, hidden = {}, multipart = false }: FormShape,
  values: Values = {},
  change?: number,
): Markup {
  const shown = changed(fields, change)
  const sent = { ...hidden, ...(shown.includes(ADDED) ? { [ADDED_SIGN]: '1' } : {}) }
  return markup`<form method="post" action="${action}" ${multipart && markup` enctype="multipart/form-data"`}>
    ${hiddenInputs(sent)}${shown.map((field) => control(field, values[field.name] ?? ''))}
    <p><button type="submit">${button}</button></p>
  </form>`
}

export interface FormShape {
  readonly action: string
  readonly button: string
  readonly fields: readonly Field[]
  readonly hidden?: Values
  readonly multipart?: boolean
}

/** What the server finds wrong with what was filled in: a sentence per field. */
export function faultsIn(fields: readonly Field[], values: Values): string[] {
  const asked = values[ADDED_SIGN] ? [...fields, ADDED] : fields
  return asked.flatMap(({ name, label, required, options, check }) => {
    const value = (values[name] ?? '').trim()
    if (!value) return required ? [`${label} is verplicht.`] : []
    if (options && !options.includes(value)) return [`${label}: kies een waarde uit de lijst.`]
    return check?.(value) ?? []
  })
}

/** The sentences in an alert, or nothing. */
export function alerts(sentences: readonly string[]): Markup {
  if (sentences.length === 0) return markup``
  return markup`<div role="alert">
    <ul>
      ${sentences.map((sentence) => markup`<li>${sentence}</li>`)}
    </ul>
  </div>`
}

export function hiddenInputs(values: Values): Markup {
  const inputs = Object.entries(values).map(
    ([name, value]) => markup`<input type="hidden" name="${name}" value="${value}" />`,
  )
  return markup`${inputs}`
}

function changed(fields: readonly Field[], change: number | undefined): readonly Field[] {
  const [first, second, ...rest] = fields
  if (change === FIELDS_SWAPPED && first && second) return [second, first, ...rest]
  return change === FIELD_ADDED ? [...fields, ADDED] : fields
}

function control(field: Field, value: string): Markup {
  const { name, label, type = 'text', required = false } = field
  const id = `veld-${name}`
  const must = required && markup` aria-required="true"`
  return markup`<p><label for="${id}">${label}</label>${input(field, id, type, value, must)}</p>`
}

function input(field: Field, id: string, type: string, value: string, must: Markup | false): Markup {
  const { name, options = [] } = field
  if (type === 'select')
    return markup`<select id="${id}" name="${name}" ${must}>
      ${choices(options, value)}
    </select>`
  if (type === 'textarea')
    return markup`<textarea id="${id}" name="${name}" rows="5" cols="60" ${must}>${value}</textarea>`
  if (type === 'password' || type === 'file')
    return markup`<input id="${id}" name="${name}" type="${type}" ${must} autocomplete="off" />`
  const hint = type === 'date' || type === 'calendar' ? markup` placeholder="dd-mm-jjjj"` : markup``
  return markup`<input
    id="${id}"
    name="${name}"
    type="text"
    value="${value}"
    ${must}${hint}
    autocomplete="off"
  />`
}

function choices(options: readonly string[], value: string): Markup {
  const choice = (option: string) =>
    markup`<option value="${option}" ${option === value && markup` selected`}>${option || '(kies)'}</option>`
  return markup`${['', ...options].map(choice)}`
}
