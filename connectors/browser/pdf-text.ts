import { extractText, getDocumentProxy } from 'unpdf'
import { Failure } from '../failure.ts'

export interface PdfLimits {
  /** 20 MB by default. */
  readonly bytes?: number
  readonly pages?: number
}

/**
 * The text of a PDF, pages separated by an empty line. Fails with `letter-unreadable` (business) when it is no PDF,
 * locked, a scan without text, or larger than the limits.
 */
export async function pdfText(bytes: Uint8Array, limits: PdfLimits = {}): Promise<string> {
  if (bytes.byteLength > (limits.bytes ?? 20 * 1024 * 1024))
    throw unreadable('is too large to be read by the robot')
  const text = await extract(bytes, limits.pages ?? 200)
  if (text.trim() === '') throw unreadable('holds no text; it may be a scan')
  return text
}

async function extract(bytes: Uint8Array, pages: number): Promise<string> {
  try {
    // The library takes the bytes for itself, so it gets a copy; its warnings, which quote the letter, stay silent.
    const document = await getDocumentProxy(Uint8Array.from(bytes), { verbosity: 0 })
    try {
      if (document.numPages > pages) throw unreadable(`has more than ${pages} pages`)
      return (await extractText(document)).text.join('\n\n')
    } finally {
      await document.loadingTask.destroy()
    }
  } catch (error) {
    throw error instanceof Failure ? error : unreadable('is damaged, locked or no PDF', error)
  }
}

function unreadable(why: string, cause?: unknown): Failure {
  return new Failure('business', 'letter-unreadable', `The letter ${why}: a person has to read it.`, {
    cause,
  })
}
