import { expect, test } from 'vitest'
import { vaultKeys } from '../../../orchestrator/secrets/key-vault.ts'
import { openKeys } from '../../../orchestrator/secrets/open-keys.ts'
import { startVault } from './vault.ts'

const PATH = 'secret/data/ontregel'

test('the key is made in Vault once, whoever starts at the same time, and read from there', async () => {
  await using vault = await startVault(PATH)
  const settings = { address: vault.address, token: vault.token, path: PATH }
  const all = await Promise.all([1, 2, 3].map(() => openKeys(vaultKeys(settings))))
  expect(vault.versions).toHaveLength(1)
  const sealed = all[0]?.secrets.seal('secret|oost|epd|1', Buffer.from('geheim')) ?? Buffer.alloc(0)
  expect(all[2]?.secrets.open('secret|oost|epd|1', sealed).toString()).toBe('geheim')
})

test('other keys take their place only when nobody changed them meanwhile', async () => {
  await using vault = await startVault(PATH)
  const settings = { address: vault.address, token: vault.token, path: PATH }
  const [one, two] = [await openKeys(vaultKeys(settings)), await openKeys(vaultKeys(settings))]
  const before = one.kept()
  await one.source.write?.([Buffer.alloc(32, 1), ...before], before)
  await expect(two.source.write?.([Buffer.alloc(32, 2), ...before], before)).rejects.toMatchObject({
    code: 'keys-changed',
  })
  const sealed = two.secrets.seal('secret|oost|epd|1', Buffer.from('geheim'))
  await two.refresh()
  expect(two.kept()).toHaveLength(2)
  expect(two.secrets.open('secret|oost|epd|1', sealed).toString()).toBe('geheim')
})

test.each([
  [403, 'vault-refused', 'ONTREGEL_VAULT_TOKEN'],
  [503, 'vault-refused', 'unseal it'],
  [500, 'vault-refused', 'its own log'],
  ['silent', 'vault-unreachable', 'ONTREGEL_VAULT_ADDRESS'],
  ['not-v2', 'vault-answer', 'secret/data/ontregel'],
] as const)('%s is told with the remedy, without the token', async (trouble, code, remedy) => {
  await using vault = await startVault(PATH)
  vault.trouble = trouble
  const opened = openKeys(
    vaultKeys({ address: vault.address, token: vault.token, path: PATH, timeoutMs: 300 }),
  )
  await expect(opened).rejects.toMatchObject({ code, message: expect.stringContaining(remedy) })
  await expect(opened).rejects.not.toThrow(vault.token)
})

test('a Vault that is not there is told with the code of the network', async () => {
  const vault = await startVault(PATH)
  await vault[Symbol.asyncDispose]()
  const opened = openKeys(vaultKeys({ address: vault.address, token: vault.token, path: PATH }))
  await expect(opened).rejects.toThrow('ECONNREFUSED')
})
