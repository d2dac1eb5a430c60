import { randomBytes } from 'node:crypto'
import { expect, test } from 'vitest'
import { secretBox } from '../../../orchestrator/secrets/secret-box.ts'
import { newTotp, openTotp, sealTotp, totpStep } from '../../../orchestrator/secrets/totp.ts'

/** The secret of RFC 6238, appendix B, in base32. */
const SECRET = 'GEZDGNBVGY3TQOJQGEZDGNBVGY3TQOJQ'

/** From the same table: seconds, and the last six of the eight digits. */
test.each([
  [59, '287082', 1],
  [1_111_111_109, '081804', 37_037_036],
  [20_000_000_000, '353130', 666_666_666],
])('at %d s the code of RFC 6238 is known', (seconds, code, step) => {
  expect(totpStep('p.1', SECRET, code, seconds * 1000)).toBe(step)
  expect(totpStep('p.1', SECRET, code, (seconds + 30) * 1000)).toBe(step)
  expect(totpStep('p.1', SECRET, code, (seconds + 90) * 1000)).toBeUndefined()
  expect(totpStep('p.1', SECRET, '000000', seconds * 1000)).toBeUndefined()
})

test('a secret is new each time, and opens only for its account', () => {
  const box = secretBox(randomBytes(32))
  const { secret, address } = newTotp('p.1')
  expect(secret).toMatch(/^[A-Z2-7]{32}$/)
  expect(newTotp('p.1').secret).not.toBe(secret)
  expect(new URL(address).searchParams.get('issuer')).toBe('Ontregel')
  const sealed = sealTotp(box, 'p.1', secret)
  expect(openTotp(box, 'p.1', sealed)).toBe(secret)
  expect(() => openTotp(box, 'p.2', sealed)).toThrow('cannot be opened')
})
