import { expect, test } from 'vitest'
import { readConfig } from '../../../orchestrator/config.ts'
import { keySourceOf } from '../../../orchestrator/secrets/key-source-of.ts'
import { openKeys } from '../../../orchestrator/secrets/open-keys.ts'
import { startVault } from './vault.ts'

const KEY = Buffer.alloc(32, 5).toString('base64')

test('the keys are where the settings say', async () => {
  expect(keySourceOf(readConfig({})).kind).toBe('file')
  expect(keySourceOf(readConfig({ ONTREGEL_SECRET_KEY: KEY })).kind).toBe('setting')
  await using vault = await startVault('kv/data/oost')
  const environment = {
    ONTREGEL_VAULT_ADDRESS: vault.address,
    ONTREGEL_VAULT_TOKEN: vault.token,
    ONTREGEL_VAULT_PATH: 'kv/data/oost',
  }
  const source = keySourceOf(readConfig(environment))
  expect(source.kind).toBe('vault')
  await openKeys(source)
  expect(vault.versions).toHaveLength(1)
})

test.each([
  [
    { ONTREGEL_SECRET_KEY: KEY, ONTREGEL_VAULT_ADDRESS: 'https://vault.example', ONTREGEL_VAULT_TOKEN: 'x' },
    'cannot both be set',
  ],
  [{ ONTREGEL_VAULT_ADDRESS: 'https://vault.example' }, 'ONTREGEL_VAULT_TOKEN must be set'],
])('%o is refused', (environment, sentence) => {
  expect(() => readConfig(environment)).toThrow(sentence)
})
