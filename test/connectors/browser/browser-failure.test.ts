import { errors } from 'playwright'
import { describe, expect, test } from 'vitest'
import { Failure } from '../../../connectors/failure.ts'
import { asBrowserFailure } from '../../../connectors/browser/browser-failure.ts'

describe('an error of the browser', () => {
  test.each([
    ['transient', 'unreachable', 'page.goto: net::ERR_CONNECTION_REFUSED at http://a/?bsn=123456782'],
    ['transient', 'unreachable', 'page.goto: net::ERR_SOCKS_CONNECTION_FAILED at http://a/'],
    ['transient', 'connection-lost', 'page.goto: net::ERR_EMPTY_RESPONSE at http://a/'],
    ['transient', 'connection-lost', 'page.goto: net::ERR_CONNECTION_RESET at http://a/'],
    ['unexpected', 'certificate-refused', 'page.goto: net::ERR_CERT_AUTHORITY_INVALID at https://a/'],
    ['unexpected', 'element-ambiguous', 'locator.click: Error: strict mode violation: getByText("Vries")'],
    ['transient', 'browser-gone', 'page.title: Target page, context or browser has been closed'],
    ['unsure', 'unforeseen', 'page.evaluate: ReferenceError: Vries is not defined'],
  ])('is %s %s: %s', (kind, code, message) => {
    const failure = asBrowserFailure(new Error(message), { system: 'epd' })
    expect(failure).toMatchObject({ kind, code, system: 'epd' })
    expect(failure.message).not.toMatch(/123456782|Vries/)
  })

  test('that something took too long is transient; a failure stays itself; what is no error is unsure', () => {
    expect(asBrowserFailure(new errors.TimeoutError('Timeout 5ms exceeded'))).toMatchObject({
      kind: 'transient',
      code: 'timeout',
    })
    const own = new Failure('business', 'x', 'y')
    expect(asBrowserFailure(own)).toBe(own)
    expect(asBrowserFailure('x')).toMatchObject({ kind: 'unsure' })
  })
})
