import { readyToPress } from '../../connectors/browser/press.ts'
import type { Locator } from 'playwright'
import type { WebSystem } from '../../connectors/browser/session.ts'
import { follow } from '../../connectors/browser/page-answers.ts'
import { changed, fillForm, part, readProperties } from '../../connectors/browser/screen-parts.ts'

/** Marking a referral as handled in the portal: a form on its page, then a page that asks to confirm. */
const FORM = { name: 'handling', labels: { registration: 'Registratienummer', marker: 'Kenmerk' } } as const
const ASKED = { name: 'handling.asked', table: 'Afhandeling', parts: FORM.labels } as const

export interface Handling {
  readonly registration: string
  readonly marker: string
}

/**
 * Fills the form on the open page of the referral and goes on to the page that asks to confirm, which changes nothing
 * yet; gives the button that does.
 */
export async function fillHandling(portal: WebSystem, handling: Handling): Promise<Locator> {
  const page = await portal.page()
  await fillForm(portal, page, FORM, { ...handling })
  const ask = part(portal, page, 'handling.ask', { role: 'button', name: 'Markeer als afgehandeld' })
  const heading = part(portal, page, 'handling.heading', { role: 'heading', name: 'Afhandeling bevestigen' })
  await follow(portal, () => ask.click(), { heading }, 'the heading "Afhandeling bevestigen"')
  const shown = await readProperties(portal, page, ASKED)
  const same = shown.registration === handling.registration && shown.marker === handling.marker
  if (!same) throw changed(portal, 'the handling as it was filled in')
  const button = part(portal, page, 'handling.confirm', { role: 'button', name: 'Bevestigen' })
  await readyToPress(button, 'the button "Bevestigen"')
  return button
}
