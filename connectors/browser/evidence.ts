import type { Locator, Page } from 'playwright'
import { scrubBsn } from '../identity.ts'
import { asBrowserFailure } from './browser-failure.ts'
import { snapshotWithoutPatients } from './page-snapshot.ts'
import type { WebSystemSettings } from './web-system-settings.ts'

/** What shows what a robot saw; bytes and text only, kept by whoever asked for it and never written here. */
export type Evidence =
  | { readonly kind: 'picture'; readonly system: string; readonly label: string; readonly png: Buffer }
  | {
      readonly kind: 'failure'
      readonly system: string
      readonly label: string
      /** Missing when the page could not be pictured, such as after a crash. */
      readonly png: Buffer | undefined
      /** Roles and labels of what was on the page, without what is in it. */
      readonly snapshot: string | undefined
      readonly steps: readonly string[]
    }

export type Masking = Pick<WebSystemSettings, 'mask' | 'show'>

const PICTURE_LIMIT_MS = 5_000
const HIDDEN =
  'input, textarea, select, td, dd, output, img, picture, canvas, video, object, embed, [contenteditable]'
/** Also where nobody thought of a mask: whatever could be a BSN, wherever it stands. */
const NUMBER = /\d{8,9}/

/**
 * A picture of the page, or of one part of it, with patient fields blackened: form fields, table cells, definitions,
 * pictures, what the system's settings add, and every text with a number like a BSN. In frames too.
 */
export async function maskedPicture(page: Page, masking: Masking, part?: Locator): Promise<Buffer> {
  const options = {
    style: maskStyle(masking),
    mask: page.frames().map((frame) => frame.getByText(NUMBER)),
    maskColor: '#000000',
    animations: 'disabled' as const,
    timeout: PICTURE_LIMIT_MS,
  }
  return (part ?? page).screenshot(options)
}

/** What a person needs to see why a robot stopped: a masked picture, the page's outline and the steps so far. */
export async function failureEvidence(
  page: Page,
  settings: WebSystemSettings,
  label: string,
  steps: readonly string[],
): Promise<Evidence> {
  const [png, outline] = await Promise.allSettled([
    maskedPicture(page, settings),
    page.locator('body').ariaSnapshot({ timeout: PICTURE_LIMIT_MS }),
  ])
  return {
    kind: 'failure',
    system: settings.id,
    label: scrubBsn(label),
    png: png.status === 'fulfilled' ? png.value : undefined,
    snapshot: outline.status === 'fulfilled' ? snapshotWithoutPatients(outline.value) : undefined,
    steps: steps.map(scrubBsn),
  }
}

/** A masked picture as evidence. Fails like any step; a picture that cannot be masked is not taken. */
export async function pictureEvidence(
  page: Page,
  settings: WebSystemSettings,
  label: string,
  part?: Locator,
): Promise<Evidence> {
  const png = await maskedPicture(page, settings, part).catch((error: unknown) => {
    throw asBrowserFailure(error, { system: settings.id })
  })
  return { kind: 'picture', system: settings.id, label: scrubBsn(label), png }
}

/**
 * A style and not a list of boxes: what appears while the picture is taken is black as well. Clipped, because letters
 * such as a J reach out of their box.
 */
function maskStyle({ mask = [], show = [] }: Masking): string {
  const hidden = `:is(${[HIDDEN, ...mask].join(', ')})${show.length > 0 ? `:not(${show.join(', ')})` : ''}`
  return `${hidden} { filter: brightness(0) !important; background: #000 !important; clip-path: inset(0) !important; } ${hidden}::placeholder { color: #000 !important; }`
}
