import { randomBytes } from 'node:crypto'
import { expect, test } from 'vitest'
import { putSecret, readSecret } from '../../../orchestrator/secrets/secrets.ts'
import { secretBox } from '../../../orchestrator/secrets/secret-box.ts'
import { openBench } from '../work/bench.ts'

test('what is sealed opens for its purpose and key only, and not when it was changed', () => {
  const box = secretBox(randomBytes(32))
  const sealed = box.seal('secret|oost|epd|1', Buffer.from('geheim'))
  expect(box.open('secret|oost|epd|1', sealed).toString()).toBe('geheim')
  expect(sealed.includes(Buffer.from('geheim'))).toBe(false)
  expect(() => box.open('secret|west|epd|1', sealed)).toThrow('Restore the key file')
  expect(() => secretBox(randomBytes(32)).open('secret|oost|epd|1', sealed)).toThrow('Restore the key file')
  sealed[sealed.length - 1] = (sealed.at(-1) ?? 0) ^ 1
  expect(() => box.open('secret|oost|epd|1', sealed)).toThrow('Restore the key file')
})

test('no two things are sealed with the same nonce, however many are sealed', () => {
  const boxes = [secretBox(Buffer.alloc(32, 1)), secretBox(Buffer.alloc(32, 1))]
  const sealed = Array.from({ length: 2000 }, (_, n) => boxes[n % 2]?.seal('secret|oost', Buffer.from('x')))
  const nonces = new Set(sealed.map((one) => one?.toString('hex', 5, 17)))
  expect(nonces.size).toBe(2000)
  expect(sealed.every((one) => one && boxes[0]?.open('secret|oost', one).toString() === 'x')).toBe(true)
})

test('a new version replaces a secret; a row moved to another hospital does not open', async () => {
  await using bench = await openBench()
  const box = secretBox(randomBytes(32))
  await putSecret(bench.db, box, { hospital: 'oost', name: 'epd', value: 'one' })
  await putSecret(bench.db, box, { hospital: 'oost', name: 'epd', value: 'two' })
  expect(await readSecret(bench.db, box, 'oost', 'epd')).toBe('two')
  await bench.db.insertInto('hospital').values({ id: 'west', name: 'West' }).execute()
  await bench.db.updateTable('secret').set({ hospital: 'west' }).execute()
  await expect(readSecret(bench.db, box, 'west', 'epd')).rejects.toThrow('Restore the key file')
  await expect(readSecret(bench.db, box, 'oost', 'epd')).rejects.toThrow('Secret "epd" is not filled in')
})
