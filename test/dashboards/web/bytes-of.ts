import type { BrowserContext, Page } from 'playwright'
import { settled } from './settled.ts'

/** What went over the line for one file or answer, headers included. */
export interface Sent {
  readonly path: string
  readonly bytes: number
}

/**
 * Everything that goes over the line until a page is all there and asks for nothing more, compressed as it is sent, with the
 * headers of the answers; what nobody clicked for too, such as a form that comes by itself.
 * @param opened a page whose requests are followed, of a browser that has nothing of ours yet
 */
export async function bytesOf(
  { page, context }: { readonly page: Page; readonly context: BrowserContext },
  address: string,
): Promise<{ readonly bytes: number; readonly sent: readonly Sent[] }> {
  const cdp = await context.newCDPSession(page)
  const paths = new Map<string, string>()
  const sent: Sent[] = []
  await cdp.send('Network.enable')
  cdp.on('Network.requestWillBeSent', ({ requestId, request }) => {
    paths.set(requestId, new URL(request.url).pathname)
  })
  cdp.on('Network.loadingFinished', ({ requestId, encodedDataLength }) => {
    sent.push({ path: paths.get(requestId) ?? '', bytes: encodedDataLength })
  })
  await page.goto(address)
  await settled(page)
  return { bytes: sent.reduce((total, { bytes }) => total + bytes, 0), sent }
}
