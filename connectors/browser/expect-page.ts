import type { Locator } from 'playwright'
import { Failure } from '../failure.ts'
import { asBrowserFailure } from './browser-failure.ts'
import { unlessConnectionBroken } from './broken-connection.ts'
import { pageOf } from './locate.ts'
import type { Scope } from './locate.ts'
import { unlessSignedOut } from './signed-out.ts'

export interface ExpectOptions {
  /** How long to wait, in milliseconds; 10 s by default. */
  readonly limitMs?: number
  readonly system?: string
}

const LIMIT_MS = 10_000

/** Waits until the heading is shown; else `page-unexpected`, or `page-slow` when the page was still loading. */
export async function expectHeading(scope: Scope, name: string, options: ExpectOptions = {}): Promise<void> {
  await expectOneOf(
    scope,
    { heading: scope.getByRole('heading', { name, exact: true }) },
    `the heading "${name}"`,
    options,
  )
}

/** Waits until the text is shown; fails as `expectHeading`. */
export async function expectText(scope: Scope, text: string, options: ExpectOptions = {}): Promise<void> {
  await expectOneOf(scope, { text: scope.getByText(text, { exact: true }) }, `the text "${text}"`, options)
}

/**
 * Waits until one of these is shown and gives its name; the first named when several are. Does not wait to the end
 * after a connection of the page broke, or when it asks to sign in again: fails with `connection-broken` or
 * `session-expired` then.
 * @param expected what a person would look for on the page, for the sentence: `the heading "Zoeken"`. No patient data.
 */
export async function expectOneOf<Name extends string>(
  scope: Scope,
  conditions: Readonly<Record<Name, Locator>>,
  expected: string,
  options: ExpectOptions = {},
): Promise<Name> {
  const named = Object.entries<Locator>(conditions)
  const any = named.map(([, locator]) => locator).reduce((one, other) => one.or(other))
  try {
    const shown = any.filter({ visible: true }).first()
    const waiting = shown.waitFor({ timeout: options.limitMs ?? LIMIT_MS })
    await unlessSignedOut(pageOf(scope), unlessConnectionBroken(pageOf(scope), waiting))
  } catch (error) {
    throw await notShown(scope, expected, error, options)
  }
  for (const name of keysOf(conditions)) {
    if (await conditions[name].filter({ visible: true }).first().isVisible()) return name
  }
  throw await notShown(scope, expected, undefined, options)
}

function keysOf<Name extends string>(conditions: Readonly<Record<Name, Locator>>): readonly Name[] {
  return Object.keys(conditions).filter((key): key is Name => key in conditions)
}

async function notShown(
  scope: Scope,
  expected: string,
  cause: unknown,
  { system }: ExpectOptions,
): Promise<Failure> {
  const failure =
    cause === undefined ? undefined : asBrowserFailure(cause, system === undefined ? {} : { system })
  if (failure && failure.code !== 'timeout') return failure
  const details = { system, cause }
  if (await stillLoads(scope)) {
    return new Failure(
      'transient',
      'page-slow',
      `The page was still loading when ${expected} should have been there.`,
      details,
    )
  }
  const sentence = `The page does not show ${expected}: it is another page than the robot knows, or it was changed. Look at the page.`
  return new Failure('unexpected', 'page-unexpected', sentence, details)
}

const STATE_LIMIT_MS = 1_000

async function stillLoads(scope: Scope): Promise<boolean> {
  const root = 'count' in scope ? scope : scope.locator(':root')
  // A page that does not even answer this is busy.
  return root
    .evaluate(() => document.readyState !== 'complete', undefined, { timeout: STATE_LIMIT_MS })
    .catch(() => true)
}
