import type { FileChooser, Locator, Page } from 'playwright'
import { Failure } from '../failure.ts'
import { asBrowserFailure } from './browser-failure.ts'

/** A file of one item. It is handed to the page from memory: nothing of it is written to a disk of ours. */
export interface UploadFile {
  readonly name: string
  /** Such as `application/pdf`. */
  readonly mediaType: string
  readonly content: Buffer
}

export interface UploadOptions {
  readonly system?: string
  /** All files together; 20 MB by default. */
  readonly bytes?: number
  /** How long it may take until the page asks for files, in milliseconds; 10 s by default. */
  readonly limitMs?: number
}

const MOST_BYTES = 20 * 1024 * 1024

/**
 * Puts files into a file field and reads their names and sizes back; what is done with them is the page's. Fails with
 * `upload-too-large`, `upload-differs` or as a step does.
 */
export async function uploadInto(
  field: Locator,
  files: readonly UploadFile[],
  options: UploadOptions = {},
): Promise<void> {
  checkSize(files, options)
  try {
    await field.setInputFiles(files.map(asPayload))
    const held = await field.evaluate((input) =>
      input instanceof HTMLInputElement ? [...(input.files ?? [])].map(({ name, size }) => [name, size]) : [],
    )
    const wanted = files.map(({ name, content }) => [name, content.length])
    if (JSON.stringify(held) !== JSON.stringify(wanted)) throw differs(options)
  } catch (error) {
    throw asBrowserFailure(error, systemOf(options))
  }
}

/** The same where a button makes the page ask for files instead of a field: `trigger` presses it. */
export async function uploadByChooser(
  page: Page,
  trigger: () => Promise<unknown>,
  files: readonly UploadFile[],
  options: UploadOptions = {},
): Promise<void> {
  checkSize(files, options)
  const { limitMs: timeout = 10_000 } = options
  let chooser: FileChooser
  try {
    ;[chooser] = await Promise.all([page.waitForEvent('filechooser', { timeout }), trigger()])
    if (files.length > 1 && !chooser.isMultiple()) throw differs(options)
    await chooser.setFiles(files.map(asPayload))
  } catch (error) {
    throw asBrowserFailure(error, systemOf(options))
  }
}

const asPayload = ({ name, mediaType, content }: UploadFile) => ({
  name,
  mimeType: mediaType,
  buffer: content,
})
const systemOf = ({ system }: UploadOptions) => (system === undefined ? {} : { system })

function checkSize(files: readonly UploadFile[], { bytes = MOST_BYTES, system }: UploadOptions): void {
  const size = files.reduce((total, { content }) => total + content.length, 0)
  if (size <= bytes) return
  const sentence = `The files for the page are ${size} bytes, more than the ${bytes} that a robot uploads: do it by hand.`
  throw new Failure('business', 'upload-too-large', sentence, { system })
}

function differs({ system }: UploadOptions): Failure {
  const sentence = 'The page does not hold the files that were put into it: look at the page.'
  return new Failure('unexpected', 'upload-differs', sentence, { system })
}
