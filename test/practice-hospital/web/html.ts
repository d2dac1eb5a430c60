/** Text that is safe to send as HTML. */
export interface Markup {
  readonly markup: string
}
type Part = string | number | undefined | false | Markup | readonly Markup[]

/** A template in which every text is escaped; `undefined` and `false` leave nothing. */
export function markup(pieces: TemplateStringsArray, ...parts: readonly Part[]): Markup {
  return { markup: pieces.reduce((text, piece, index) => text + show(parts[index - 1]) + piece) }
}

/** HTML or a script that we wrote ourselves. */
export function raw(markup: string): Markup {
  return { markup }
}

function show(part: Part): string {
  if (part === undefined || part === false) return ''
  if (typeof part === 'string' || typeof part === 'number') return escape(String(part))
  return 'markup' in part ? part.markup : part.map(show).join('')
}

const ENTITIES: Readonly<Record<string, string>> = {
  '&': '&amp;',
  '<': '&lt;',
  '>': '&gt;',
  '"': '&quot;',
  "'": '&#39;',
}

function escape(text: string): string {
  return text.replace(/[&<>"']/g, (character) => ENTITIES[character] ?? '')
}

/** A table of named properties: each a row with a row header. */
export function properties(name: string, rows: readonly (readonly [label: string, value: string])[]): Markup {
  const row = ([label, value]: readonly [string, string]) =>
    markup`<tr>
      <th scope="row">${label}</th>
      <td>${value}</td>
    </tr>`
  return markup`<table aria-label="${name}">
    <tbody>
      ${rows.map(row)}
    </tbody>
  </table>`
}

/** A list with column headers; `swap` shows the first two columns the other way round. */
export function list(
  name: string,
  headers: readonly string[],
  rows: readonly (readonly (string | Markup)[])[],
  swap = false,
): Markup {
  const ordered = <T>([first, second, ...rest]: readonly T[]): T[] =>
    [swap ? second : first, swap ? first : second, ...rest].filter((cell) => cell !== undefined)
  const head = ordered(headers).map((header) => markup`<th scope="col">${header}</th>`)
  const body = rows.map(
    (cells) =>
      markup`<tr>
        ${ordered(cells).map((cell) => markup`<td>${cell}</td>`)}
      </tr>`,
  )
  return markup`<table aria-label="${name}">
    <thead>
      <tr>
        ${head}
      </tr>
    </thead>
    <tbody>
      ${body}
    </tbody>
  </table>`
}

const STYLE = `body{font:15px/1.4 sans-serif;margin:1.5rem;max-width:70rem}label{display:block;margin-top:.6rem}
table{border-collapse:collapse;margin:.8rem 0}th,td{border:1px solid #bbb;padding:.25rem .6rem;text-align:left}
nav a{margin-right:1rem}[role=alert]{color:#a00}iframe{width:100%;height:34rem;border:1px solid #bbb}`

/** A whole page; `heading` is its only h1 and part of its title. */
export function page(application: string, heading: string, body: Markup): Markup {
  return markup`<!doctype html>
    <html lang="nl">
      <head>
        <meta charset="utf-8" />
        <title>${heading} - ${application}</title>
        <style>
          ${raw(STYLE)}
        </style>
      </head>
      <body>
        <main>
          <h1>${heading}</h1>
          ${body}
        </main>
      </body>
    </html>`
}
