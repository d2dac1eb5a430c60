import { Secret, TOTP } from 'otpauth'
import type { Locator, Page } from 'playwright'
import { Failure } from '../failure.ts'
import { asBrowserFailure } from './browser-failure.ts'
import { expectOneOf } from './expect-page.ts'
import { elementOf } from './locate.ts'
import type { SignIn, WebSystemSettings } from './web-system-settings.ts'

export interface Credentials {
  readonly user: string
  readonly password: string
  /** Base32, as systems give it out. */
  readonly totpSecret?: string | undefined
}

export interface SignInOptions {
  /** The time by which one-time codes are made, in milliseconds since 1970. */
  readonly now: () => number
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
  const { signIn: form, id: system } = settings
  const within = { limitMs: options.limitMs, system }
  const press = (button: string) => page.getByRole('button', { name: button, exact: true }).click()
  try {
    await page.goto(new URL(form.path, settings.address).href)
    await setSecretly(elementOf(page, form.user), credentials.user)
    if (form.next) await press(form.next.button)
    await setSecretly(elementOf(page, form.password), credentials.password)
    await press(form.submit.button)
    const after = await expectOneOf(page, answers(page, form), 'that the robot is signed in', within)
    if (after === 'refused') throw refused(settings)
    if (after === 'code' && form.code) {
      await setSecretly(
        elementOf(page, { label: form.code.label }),
        oneTimeCode(credentials, settings, options.now()),
      )
      await press(form.code.submit.button)
      const { signedIn, refused: no } = answers(page, form)
      const end = await expectOneOf(page, { signedIn, no }, 'that the robot is signed in', within)
      if (end === 'no') throw refused(settings)
    }
  } catch (error) {
    throw await whyNot(page, error, settings)
  }
}

type Answer = 'signedIn' | 'code' | 'refused'

function answers(page: Page, form: SignIn): Record<Answer, Locator> {
  const none = page.locator('ontregel-nothing')
  return {
    signedIn: elementOf(page, form.signedIn),
    code: form.code ? elementOf(page, { label: form.code.label }) : none,
    refused: form.refused ? elementOf(page, form.refused) : none,
  }
}

/** Sets a field without the browser's recorder seeing what: `fill` would write it into a trace. */
async function setSecretly(field: Locator, secret: string): Promise<void> {
  await field.evaluate((control, value) => {
    Object.getOwnPropertyDescriptor(HTMLInputElement.prototype, 'value')?.set?.call(control, value)
    for (const type of ['input', 'change']) control.dispatchEvent(new Event(type, { bubbles: true }))
  }, secret)
}

function oneTimeCode(credentials: Credentials, { id: system }: WebSystemSettings, timestamp: number): string {
  if (!credentials.totpSecret) {
    const sentence = `System ${system} asks for a one-time code: give its secret with the credentials of the system.`
    throw new Failure('unexpected', 'sign-in-code-missing', sentence, { system })
  }
  const secret = Secret.fromBase32(credentials.totpSecret.replaceAll(/[\s-]/g, ''))
  return new TOTP({ secret }).generate({ timestamp })
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
