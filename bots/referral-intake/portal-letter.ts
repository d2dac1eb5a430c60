import { createHash } from 'node:crypto'
import type { Page } from 'playwright'
import { asBrowserFailure } from '../../connectors/browser/browser-failure.ts'
import { downloadBytes } from '../../connectors/browser/download.ts'
import { expectOneOf } from '../../connectors/browser/expect-page.ts'
import { pdfText } from '../../connectors/browser/pdf-text.ts'
import type { WebSystem } from '../../connectors/browser/session.ts'
import { Failure } from '../../connectors/failure.ts'
import { unlessBroken, watchAnswers } from '../../connectors/browser/page-answers.ts'
import { part } from '../../connectors/browser/screen-parts.ts'

/** The letter of a referral, as it is filed. */
export interface Letter {
  readonly contentType: 'application/pdf' | 'text/plain'
  readonly bytes: Buffer
  /** Of the text and not of the bytes: a portal makes the PDF anew at each download, with another date in it. */
  readonly textHash: string
}

/**
 * Reads the letter on the open page of a referral, downloading it where it is a PDF. Fails with `letter-unreadable`
 * (business) when it has no text, and `download-too-large`.
 */
export async function readLetter(portal: WebSystem, maxMegabytes: number): Promise<Letter> {
  const page = await portal.page()
  const shown = {
    text: part(portal, page, 'letter.text', { css: 'article[aria-label="Verwijsbrief"]' }),
    pdf: part(portal, page, 'letter.pdf', { role: 'link', name: 'Brief downloaden (PDF)' }),
  }
  const kind = await expectOneOf(page, shown, 'the letter or a link to it', { system: portal.id })
  const bytes = maxMegabytes * 1024 * 1024
  try {
    if (kind === 'text') return fromText(await shown.text.innerText(), bytes)
    const file = await download(portal, page, () => shown.pdf.click(), bytes)
    return letterOf('application/pdf', file, await pdfText(file, { bytes }))
  } catch (error) {
    throw asBrowserFailure(error, { system: portal.id })
  }
}

async function download(
  { id: system }: WebSystem,
  page: Page,
  trigger: () => Promise<unknown>,
  bytes: number,
): Promise<Buffer> {
  const answers = watchAnswers(page, system)
  try {
    return await unlessBroken(answers, downloadBytes(page, trigger, { system, bytes }))
  } finally {
    answers.stop()
  }
}

function fromText(text: string, limit: number): Letter {
  const bytes = Buffer.from(text)
  if (text.trim() === '') throw unreadable('holds no text')
  if (bytes.byteLength > limit) throw unreadable('is too large to be read by the robot')
  return letterOf('text/plain', bytes, text)
}

function letterOf(contentType: Letter['contentType'], bytes: Buffer, text: string): Letter {
  const words = text.replace(/\s+/g, ' ').trim()
  return { contentType, bytes, textHash: createHash('sha256').update(words).digest('hex') }
}

function unreadable(why: string): Failure {
  return new Failure('business', 'letter-unreadable', `The letter ${why}: a person has to read it.`)
}
