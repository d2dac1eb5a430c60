import { expect, test } from 'vitest'
import { findChromium } from '../../../connectors/browser/chromium.ts'
import { startBrowser } from '../../../connectors/browser/start-browser.ts'
import { reportPage } from '../../../dashboards/reports/report-page.ts'
import { openSeededReport } from './seeded-report.ts'

const FAMILY = /(10\.5pt\/[\d.]+) [^;]+;/

test('headings and figures of the printed report are in one family of letters, whatever weights the machine has', async () => {
  await using ledger = await openSeededReport()
  const page = reportPage(await ledger.read(), 'nl')
  expect(await familiesOf(page)).toHaveLength(1)
  // The twin: letters of which one weight is asked for by another name are seen as a second family.
  expect(
    await familiesOf(page.replace(FAMILY, '$1 monospace; } th { font-family: "DejaVu Serif";')),
  ).not.toEqual(await familiesOf(page))
})

/** The families that a browser really draws heads, names and figures of the report with. */
async function familiesOf(page: string): Promise<string[]> {
  const { browser, close } = await startBrowser(await findChromium({ env: process.env }))
  try {
    const opened = await browser.newPage()
    await opened.setContent(page)
    const session = await opened.context().newCDPSession(opened)
    await session.send('DOM.enable')
    await session.send('CSS.enable')
    const { root } = await session.send('DOM.getDocument')
    const { nodeIds } = await session.send('DOM.querySelectorAll', {
      nodeId: root.nodeId,
      selector: 'h1, h2, th, dt, td:not(.drawn), .value, .note',
    })
    const drawn = await Promise.all(
      nodeIds.map((nodeId) => session.send('CSS.getPlatformFontsForNode', { nodeId })),
    )
    return [...new Set(drawn.flatMap(({ fonts }) => fonts.map(({ familyName }) => familyName)))].toSorted()
  } finally {
    await close()
  }
}
