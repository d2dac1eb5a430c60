import type { Page } from 'playwright'
import { asBrowserFailure } from './browser-failure.ts'
import { expectOneOf } from './expect-page.ts'
import type { SignedInState } from './item-context.ts'
import { elementOf } from './locate.ts'
import type { SignIn, WebSystemSettings } from './web-system-settings.ts'

/** Goes to the system's address and says whether that shows somebody who is signed in; always, without a sign-in. */
export async function openSignedIn(
  page: Page,
  settings: WebSystemSettings,
  limitMs: number,
): Promise<'signed-in' | 'signed-out'> {
  try {
    await page.goto(settings.address)
    const form = settings.signIn
    if (!form) return 'signed-in'
    const shown = { signedIn: elementOf(page, form.signedIn), signedOut: signedOut(page, form) }
    const what = await expectOneOf(page, shown, 'whether the robot is signed in', {
      limitMs,
      system: settings.id,
    })
    return what === 'signedIn' ? 'signed-in' : 'signed-out'
  } catch (error) {
    if (isSignInPath(page, settings)) return 'signed-out'
    throw asBrowserFailure(error, { system: settings.id })
  }
}

/** Whether the page shows at this moment that the session has ended. */
export async function showsEndedSession(page: Page, settings: WebSystemSettings): Promise<boolean> {
  if (!settings.signIn || page.isClosed()) return false
  if (isSignInPath(page, settings)) return true
  // A page that cannot even say so is no reason to sign in again.
  return signedOut(page, settings.signIn)
    .first()
    .isVisible()
    .catch(() => false)
}

/** What made this page signed in, to be given to other contexts. */
export async function readState(page: Page, settings: WebSystemSettings): Promise<SignedInState> {
  const storage = await page.context().storageState()
  const atHome = new URL(page.url()).origin === new URL(settings.address).origin
  return { storage, tab: atHome ? await page.evaluate(() => Object.entries<string>(sessionStorage)) : [] }
}

function signedOut(page: Page, form: SignIn) {
  const user = elementOf(page, form.user)
  const heading = form.expired?.heading
  return heading === undefined ? user : user.or(page.getByRole('heading', { name: heading, exact: true }))
}

function isSignInPath(page: Page, { address, signIn }: WebSystemSettings): boolean {
  const url = URL.parse(page.url())
  if (!signIn || !url || url.origin !== new URL(address).origin) return false
  return [signIn.path, signIn.expired?.path].includes(url.pathname)
}
