import { html, type Html } from './html-text.ts'

/** More rows than these are printed close together. */
const MOST_ROOMY = 15

/**
 * A table with its title above it; the first cell of a row is its heading, and a cell of several lines has a figure
 * above what belongs to it. Wide cells leave the heading less room.
 */
export function table(
  title: string,
  heads: readonly string[],
  rows: readonly (readonly (string | readonly string[])[])[],
  cells: 'narrow' | 'wide' = 'narrow',
): Html {
  return html`<section>
    <h2>${title}</h2>
    <table class="${rows.length > MOST_ROOMY ? 'dense' : 'roomy'} ${cells}">
      <thead>
        <tr>
          ${heads.map((head) => html`<th scope="col">${head}</th>`)}
        </tr>
      </thead>
      <tbody>
        ${rows.map(
          ([first = '', ...others]) =>
            html`<tr>
              <th scope="row">${linesOf(first)}</th>
              ${others.map((cell) => html`<td>${linesOf(cell)}</td>`)}
            </tr>`,
        )}
      </tbody>
    </table>
  </section>`
}

function linesOf(cell: string | readonly string[]): Html {
  const [first = '', ...others] = typeof cell === 'string' ? [cell] : cell
  return html`${first}${others.map((line) => html`<div class="beneath">${line}</div>`)}`
}
