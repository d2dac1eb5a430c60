import type { Config } from '../config.ts'
import { keyFile } from './key-file.ts'
import { keySetting, type KeySource } from './key-source.ts'
import { vaultKeys } from './key-vault.ts'

type KeySettings = Pick<
  Config,
  'home' | 'secretKey' | 'secretKeysOld' | 'vaultAddress' | 'vaultToken' | 'vaultPath'
>

/** Where the settings say that the keys are: in Vault, in the settings themselves, or in a file of the data folder. */
export function keySourceOf(settings: KeySettings): KeySource {
  const { home, secretKey, secretKeysOld, vaultAddress, vaultToken, vaultPath } = settings
  if (vaultAddress !== undefined)
    return vaultKeys({ address: vaultAddress, token: vaultToken ?? '', path: vaultPath })
  return secretKey === undefined ? keyFile(home) : keySetting(secretKey, secretKeysOld)
}
