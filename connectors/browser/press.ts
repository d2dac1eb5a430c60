import type { Locator } from 'playwright'
import { Failure } from '../failure.ts'
import { asBrowserFailure } from './browser-failure.ts'
import { unlessSignedOut } from './signed-out.ts'

const READY_LIMIT_MS = 5_000
const PRESS_LIMIT_MS = 2_000

/**
 * For `prepare`: makes sure that there is exactly one such element, visible, enabled, at rest and not covered by
 * another, without pressing it. Fails with `press-…`, kind `unexpected`.
 * @param what how the page calls it, for the sentence: `the button "Opslaan"`.
 */
export async function readyToPress(locator: Locator, what: string, limitMs = READY_LIMIT_MS): Promise<void> {
  await unlessSignedOut(locator.page(), locator.first().waitFor({ timeout: limitMs })).catch(
    fail('press-missing', `The page does not show ${what}`),
  )
  const count = await locator.count()
  if (count !== 1) throw refuse('press-ambiguous', `The page shows ${count} times ${what}`)
  await locator
    .click({ trial: true, timeout: limitMs })
    .catch(fail('press-blocked', `On the page ${what} cannot be pressed: it is disabled, moving or covered`))
}

/**
 * For `press`: one click, tried once, that waits for nothing the page does afterwards. Whatever error it ends with is
 * `unsure`, for the click may have happened.
 */
export async function pressOnce(locator: Locator): Promise<void> {
  try {
    await locator.click({ timeout: PRESS_LIMIT_MS, noWaitAfter: true })
  } catch (error) {
    throw new Failure('unsure', 'press-unsure', 'The browser does not say whether the button was pressed.', {
      cause: error,
    })
  }
}

function fail(code: string, what: string): (error: unknown) => never {
  return (error) => {
    const failure = asBrowserFailure(error)
    throw failure.code === 'timeout' ? refuse(code, what, error) : failure
  }
}

function refuse(code: string, what: string, cause?: unknown): Failure {
  return new Failure('unexpected', code, `${what}: look at the page.`, { cause })
}
