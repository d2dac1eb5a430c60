import { html, type Html } from './html-text.ts'

/** More rows than these are printed close together. */
const MOST_ROOMY = 15

/** A table with its title above it; the first cell of a row is its heading. */
export function table(title: string, heads: readonly string[], rows: readonly (readonly string[])[]): Html {
  return html`<section>
    <h2>${title}</h2>
    <table class="${rows.length > MOST_ROOMY ? 'dense' : 'roomy'}">
      <thead>
        <tr>
          ${heads.map((head) => html`<th scope="col">${head}</th>`)}
        </tr>
      </thead>
      <tbody>
        ${rows.map(
          ([first = '', ...cells]) =>
            html`<tr>
              <th scope="row">${first}</th>
              ${cells.map((cell) => html`<td>${cell}</td>`)}
            </tr>`,
        )}
      </tbody>
    </table>
  </section>`
}
