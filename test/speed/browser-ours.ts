import { expectHeading } from '../../connectors/browser/expect-page.ts'
import { fillFields } from '../../connectors/browser/fields.ts'
import { openBrowserPool } from '../../connectors/browser/pool.ts'
import { pressOnce, readyToPress } from '../../connectors/browser/press.ts'
import { openWebSessions, type WebSystemSettings } from '../../connectors/browser/session.ts'
import type { FoundChromium } from '../../connectors/browser/chromium.ts'
import { startBrowser } from '../../connectors/browser/start-browser.ts'
import type { Way } from './browser-peers.ts'
import { ACCOUNT, FORM } from './browser-site.ts'

/** The system of the contest, as an administrator would describe it. */
export const systemAt = (origin: string): WebSystemSettings => ({
  id: 'speed',
  address: `${origin}/`,
  allowedHosts: [],
  seats: 16,
  signIn: {
    path: '/login',
    user: { label: 'Gebruiker' },
    password: { label: 'Wachtwoord' },
    submit: { button: 'Aanmelden' },
    signedIn: { role: 'heading', name: 'Werklijst' },
  },
})

/** The product's own way, with everything that an item gets: gate, watch over the page, sandbox, verified fields. */
export async function ours(found: FoundChromium, origin: string, ahead: number): Promise<Way> {
  const sessions = openWebSessions({ pool: openBrowserPool({ start: () => startBrowser(found) }), ahead })
  const fields = Object.values(FORM)
  return {
    run: async () => {
      const item = await sessions.forItem(systemAt(origin), {
        credentials: () => Promise.resolve(ACCOUNT),
        keep: () => Promise.resolve(),
      })
      const page = await item.page()
      await page.goto(`${origin}/form`)
      await fillFields(page, fields)
      const save = page.getByRole('button', { name: 'Opslaan' })
      await readyToPress(save, 'the button "Opslaan"')
      item.checkCalm()
      await pressOnce(save)
      await expectHeading(page, 'Opgeslagen')
      await item.end()
    },
    [Symbol.asyncDispose]: () => sessions.close(),
  }
}
