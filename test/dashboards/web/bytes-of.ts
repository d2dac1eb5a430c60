import type { BrowserContext, Page } from 'playwright'
import { settled } from './settled.ts'

/** Everything that goes over the line for a page in an empty browser, headers included. */
export async function bytesOf(
  opened: { readonly page: Page; readonly context: BrowserContext },
  address: string,
): Promise<number> {
  const cdp = await opened.context.newCDPSession(opened.page)
  const sizes: number[] = []
  await cdp.send('Network.enable')
  await cdp.send('Network.setCacheDisabled', { cacheDisabled: true })
  cdp.on('Network.loadingFinished', ({ encodedDataLength }) => void sizes.push(encodedDataLength))
  await opened.page.goto(address)
  await settled(opened.page)
  return sizes.reduce((total, size) => total + size, 0)
}
