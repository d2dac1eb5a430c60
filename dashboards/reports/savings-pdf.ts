import { findChromium } from '../../connectors/browser/chromium.ts'
import { startBrowser } from '../../connectors/browser/start-browser.ts'
import type { ReportContent } from './report-content.ts'
import { reportPage } from './report-page.ts'
import type { ReportLanguage } from './report-words.ts'

export interface PrintingOptions {
  /** The browser that prints; one is looked for when left out. */
  readonly chromium: string | undefined
  /** Of which a browser gets PATH, TZ and LANG, and nothing else. */
  readonly environment: Readonly<Record<string, string | undefined>>
}

let printing: Promise<unknown> = Promise.resolve()

/**
 * The report as a tagged PDF with an outline, printed by a browser of its own that reaches nothing. One at a time, for
 * each costs a browser.
 * @throws Failure when no browser can be found or started
 */
export async function savingsPdf(
  content: ReportContent,
  language: ReportLanguage,
  options: PrintingOptions,
): Promise<Buffer> {
  const printed = printing.then(() => print(reportPage(content, language), options))
  // The next one's turn comes whatever became of this one.
  printing = printed.catch(() => undefined)
  return await printed
}

async function print(page: string, { chromium, environment }: PrintingOptions): Promise<Buffer> {
  const { browser, close } = await startBrowser(await findChromium({ path: chromium, env: environment }))
  try {
    const context = await browser.newContext({ offline: true, javaScriptEnabled: false })
    const opened = await context.newPage()
    await opened.setContent(page, { waitUntil: 'load' })
    return await opened.pdf({
      format: 'A4',
      preferCSSPageSize: true,
      printBackground: true,
      tagged: true,
      outline: true,
    })
  } finally {
    await close()
  }
}
