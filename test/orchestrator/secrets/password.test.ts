import { expect, test } from 'vitest'
import { hashPassword, isPassword, needsNewHash } from '../../../orchestrator/secrets/password.ts'

test('a password is kept with its settings and a salt of its own, and recognised however it is typed', async () => {
  const [one, two] = await Promise.all([hashPassword('één koe, twee'), hashPassword('één koe, twee')])
  expect(one).toMatch(/^\$argon2id\$v=19\$m=47104,t=1,p=1\$[\w+/]{22}\$[\w+/]{43}$/)
  expect(one).not.toBe(two)
  expect(await isPassword('één koe, twee', one)).toBe(true)
  expect(await isPassword('één koe, twee'.normalize('NFD'), one)).toBe(true)
  expect(await isPassword('een koe, twee', one)).toBe(false)
})

test('nobody’s password is never right', async () => {
  for (const guess of ['', 'x', '\0'.repeat(32)]) expect(await isPassword(guess, null)).toBe(false)
})

test('the settings it was kept with count, and others than those of now are to be made anew', async () => {
  const strong = await hashPassword('drie woorden nu')
  const weak = strong.replace('m=47104', 'm=1024')
  expect([needsNewHash(strong), needsNewHash(weak)]).toEqual([false, true])
  expect(await isPassword('drie woorden nu', weak)).toBe(false)
})
