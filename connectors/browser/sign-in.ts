import { Secret, TOTP } from 'otpauth'
import type { Locator, Page } from 'playwright'
import { Failure } from '../failure.ts'
import { asBrowserFailure } from './browser-failure.ts'
import { expectOneOf } from './expect-page.ts'
import { elementOf } from './locate.ts'
import type { ElementSetting, SignIn, WebSystemSettings } from './web-system-settings.ts'

export interface Credentials {
  readonly user: string
  readonly password: string
  /** Base32, as systems give it out. */
  readonly totpSecret?: string | undefined
}

export interface SignInOptions {
  /** The moment of which a one-time code is made, in milliseconds since 1970; asked when the system asks for one. */
  readonly codeMoment: () => Promise<number>
  /** How long each page may take, in milliseconds. */
  readonly limitMs: number
}

/**
 * Signs in on this page. Fails with `sign-in-refused` (unexpected: trying again could lock the account) when the
 * system does not take what it was given, and with a transient failure when it does not answer.
 */
export async function signIn(
  page: Page,
  settings: WebSystemSettings & { readonly signIn: SignIn },
  credentials: Credentials,
  options: SignInOptions,
): Promise<void> {
  const { signIn: form } = settings
  try {
    await page.goto(new URL(form.path, settings.address).href)
    if (form.start) await press(page, form.start)
    await setSecretly(page, form.user, credentials.user, settings)
    if (form.next) await press(page, form.next)
    await setSecretly(page, form.password, credentials.password, settings)
    await press(page, form.submit)
    await goOn(page, settings, credentials, options)
  } catch (error) {
    throw await whyNot(page, error, settings)
  }
}

/** From the form to the first page of somebody who is signed in; each page between may come once. */
async function goOn(
  page: Page,
  settings: WebSystemSettings & { readonly signIn: SignIn },
  credentials: Credentials,
  { codeMoment, limitMs }: SignInOptions,
): Promise<void> {
  const { signIn: form, id: system } = settings
  const { signedIn, refused: no, ...between } = answers(page, form)
  const left = new Map<string, Locator>(Object.entries(between))
  for (;;) {
    const shown = { signedIn, no, ...Object.fromEntries(left) }
    const after = await expectOneOf<string>(page, shown, 'that the robot is signed in', { limitMs, system })
    if (after === 'signedIn') return
    if (after === 'no') throw refused(settings)
    left.delete(after)
    if (after === 'code' && form.code) {
      const code = await oneTimeCode(credentials, settings, codeMoment)
      await setSecretly(page, { label: form.code.label }, code, settings)
      await press(page, form.code.submit)
    }
    if (after === 'proceed' && form.proceed) await press(page, form.proceed)
  }
}

function press(page: Page, { button }: { readonly button: string }): Promise<void> {
  return buttonOf(page, button).click()
}

const buttonOf = (page: Page, name: string) => page.getByRole('button', { name, exact: true })

type Answer = 'signedIn' | 'code' | 'proceed' | 'refused'

function answers(page: Page, form: SignIn): Record<Answer, Locator> {
  const none = page.locator('ontregel-nothing')
  return {
    signedIn: elementOf(page, form.signedIn),
    code: form.code ? elementOf(page, { label: form.code.label }) : none,
    proceed: form.proceed ? buttonOf(page, form.proceed.button) : none,
    refused: form.refused ? elementOf(page, form.refused) : none,
  }
}

/**
 * Sets a field without the browser's recorder seeing what: `fill` would write it into a trace. Fails with
 * `sign-in-elsewhere` when the form is not of the host that the settings name, whatever other hosts may be opened.
 */
async function setSecretly(
  page: Page,
  setting: ElementSetting,
  secret: string,
  { id: system, address, signIn: form }: WebSystemSettings,
): Promise<void> {
  const field = elementOf(page, setting)
  const { origin } = new URL(form?.at ?? address)
  if ((await field.evaluate(() => location.origin)) !== origin) {
    const sentence = `System ${system} asks to sign in at another host than its settings name: look at the page, and fill in field signIn.at when that host is right.`
    throw new Failure('unexpected', 'sign-in-elsewhere', sentence, { system })
  }
  await field.evaluate((control, value) => {
    Object.getOwnPropertyDescriptor(HTMLInputElement.prototype, 'value')?.set?.call(control, value)
    for (const type of ['input', 'change']) control.dispatchEvent(new Event(type, { bubbles: true }))
  }, secret)
}

async function oneTimeCode(
  credentials: Credentials,
  { id: system }: WebSystemSettings,
  codeMoment: SignInOptions['codeMoment'],
): Promise<string> {
  if (!credentials.totpSecret) {
    const sentence = `System ${system} asks for a one-time code: give its secret with the credentials of the system.`
    throw new Failure('unexpected', 'sign-in-code-missing', sentence, { system })
  }
  const secret = Secret.fromBase32(credentials.totpSecret.replaceAll(/[\s-]/g, ''))
  return new TOTP({ secret }).generate({ timestamp: await codeMoment() })
}

/** A form that is still there after it was sent means no. */
async function whyNot(
  page: Page,
  error: unknown,
  settings: WebSystemSettings & { signIn: SignIn },
): Promise<Failure> {
  const failure = asBrowserFailure(error, { system: settings.id })
  if (failure.code !== 'page-unexpected') return failure
  const { user, password, code } = settings.signIn
  const still = [user, password, ...(code ? [{ label: code.label }] : [])].map((field) =>
    elementOf(page, field).first(),
  )
  const shown = await Promise.all(still.map((field) => field.isVisible()))
  return shown.some(Boolean) ? refused(settings) : failure
}

function refused({ id: system }: WebSystemSettings): Failure {
  const sentence = `System ${system} does not take the user, the password or the one-time code: check the credentials of the system. The robot does not try again by itself, so that the account is not locked.`
  return new Failure('unexpected', 'sign-in-refused', sentence, { system })
}
