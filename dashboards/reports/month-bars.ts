import { html, type Html } from './html-text.ts'
import type { ReportContent } from './report-content.ts'
import type { Writing } from './report-page.ts'

/** Net hours of each month as a bar with its figure, the widest for the largest; one below 0 is drawn hollow, one of 0 not at all. */
export function monthBars(trend: ReportContent['trend'], { figures }: Writing): Html {
  const largest = Math.max(...trend.map(({ netHours }) => Math.abs(netHours)), 0)
  const rows = trend.map(({ month, netHours }) => {
    const width = largest === 0 ? 0 : Math.round((Math.abs(netHours) / largest) * 100)
    const look = netHours < 0 ? 'bar below' : 'bar'
    const bar = netHours === 0 ? '' : html`<div class="${look}" style="width: ${width}%"></div>`
    return html`<tr>
      <th scope="row">${figures.month(month)}</th>
      <td class="drawn">${bar}</td>
      <td>${figures.hours(netHours)}</td>
    </tr>`
  })
  return html`<table class="bars">
    <tbody>
      ${rows}
    </tbody>
  </table>`
}
