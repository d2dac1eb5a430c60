import type { Page } from 'playwright'
import { Failure } from '../failure.ts'
import { asBrowserFailure } from './browser-failure.ts'

export interface DownloadOptions {
  readonly system?: string
  /** 20 MB by default. */
  readonly bytes?: number
  /** How long it may take to begin, in milliseconds; 10 s by default. */
  readonly limitMs?: number
}

/**
 * The bytes of the file that `trigger` makes the page download. It passes through the browser's own folder and is
 * removed there at once. Fails with `download-too-large` or as a step does.
 */
export async function downloadBytes(
  page: Page,
  trigger: () => Promise<unknown>,
  options: DownloadOptions = {},
): Promise<Buffer> {
  const { system, bytes: most = 20 * 1024 * 1024, limitMs = 10_000 } = options
  try {
    const [download] = await Promise.all([page.waitForEvent('download', { timeout: limitMs }), trigger()])
    try {
      return await readUpTo(most, await download.createReadStream(), system)
    } finally {
      await download.delete()
    }
  } catch (error) {
    throw asBrowserFailure(error, system === undefined ? {} : { system })
  }
}

async function readUpTo(
  most: number,
  stream: AsyncIterable<Buffer>,
  system: string | undefined,
): Promise<Buffer> {
  const chunks: Buffer[] = []
  let size = 0
  for await (const chunk of stream) {
    size += chunk.length
    if (size > most) {
      const sentence = `A file of more than ${most} bytes was offered: look at the page, and fetch it by hand.`
      throw new Failure('business', 'download-too-large', sentence, { system })
    }
    chunks.push(chunk)
  }
  return Buffer.concat(chunks)
}
