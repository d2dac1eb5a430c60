import type { Locator, Page } from 'playwright'
import type { TestClient } from '../../server/test-client.ts'
import { settled } from '../settled.ts'
import type { Words } from './words.ts'

/** Somebody of the programme office: what they see, and what the API tells them of what they wrote down. */
export interface Office {
  readonly address: string
  readonly page: Page
  readonly t: Words
  readonly api: TestClient
  readonly language: 'nl' | 'en'
  readonly hospital: 'noord' | 'zuid'
}

/** The paths of their hospital. */
export const api = ({ hospital }: Office) => `/api/hospitals/${hospital}`

/** Opens a page by its address, and waits until it is there. */
export async function goTo({ page, address }: Office, path: string): Promise<void> {
  await page.goto(`${address}${path}`)
  await settled(page)
}

/** Opens the dialog that a button of the page opens, fills it in and writes it down. */
export async function writeDown(
  { page, t }: Office,
  opener: string,
  fill: (dialog: Locator) => Promise<void>,
) {
  await page.getByRole('button', { name: opener, exact: true }).click()
  const dialog = page.getByRole('dialog')
  await fill(dialog)
  await dialog.getByRole('button', { name: t('programme.save') }).click()
  await dialog.waitFor({ state: 'detached' })
}

/** By the words that stand in the list. */
export const choose = (within: Locator, label: string, option: string) =>
  within.getByRole('combobox', { name: label }).selectOption({ label: option })
