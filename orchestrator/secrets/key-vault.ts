import { z } from 'zod'
import { Failure } from '../../connectors/failure.ts'
import { newKey } from './key-ring.ts'
import {
  changedMeanwhile,
  keyLines,
  readKeyLines,
  sameKeys,
  type KeptKeys,
  type KeySource,
} from './key-source.ts'

export interface VaultSettings {
  /** `https://vault.hospital.example:8200` */
  readonly address: string
  readonly token: string
  /** Below `/v1/`, with the mount and `data`: `secret/data/ontregel`. */
  readonly path: string
  readonly timeoutMs?: number
}

const PLACE = 'Vault'
const TIMEOUT_MS = 10_000

/** What KV version 2 answers to a read. */
const Answer = z.object({
  data: z.object({ data: z.object({ keys: z.string() }), metadata: z.object({ version: z.int() }) }),
})

interface Kept {
  readonly keys: KeptKeys
  /** The version in Vault: a write that names it fails when there is a newer one. */
  readonly version: number
}

/** The keys in HashiCorp Vault or what speaks as it does: KV version 2 over HTTP, field `keys` of one secret. */
export function vaultKeys(settings: VaultSettings): KeySource {
  return {
    kind: 'vault',
    place: PLACE,
    async read() {
      const kept = (await readVault(settings)) ?? (await makeFirst(settings))
      return kept.keys
    },
    async write(keys, before) {
      const kept = await readVault(settings)
      if (!kept || !sameKeys(kept.keys, before)) throw changedMeanwhile(PLACE)
      if (!(await writeVault(settings, keys, kept.version))) throw changedMeanwhile(PLACE)
    },
  }
}

/** Of two processes that start at once one makes it: the other is refused and reads it. */
async function makeFirst(settings: VaultSettings): Promise<Kept> {
  await writeVault(settings, [newKey()], 0)
  const kept = await readVault(settings)
  if (kept) return kept
  throw vaultFailure(
    'vault-empty',
    'Vault took the key but does not give it: see that the token may read ONTREGEL_VAULT_PATH.',
  )
}

async function readVault(settings: VaultSettings): Promise<Kept | undefined> {
  const answer = await ask(settings, 'GET')
  if (answer.status === 404) return undefined
  const result = Answer.safeParse(await answer.json().catch(() => undefined))
  if (!answer.ok) throw refused(answer.status)
  if (!result.success)
    throw vaultFailure(
      'vault-answer',
      'Vault answered otherwise than KV version 2 does: ONTREGEL_VAULT_PATH must name such a secret with "data" in it, such as secret/data/ontregel.',
    )
  const { data, metadata } = result.data.data
  return {
    keys: readKeyLines(data.keys, `Field keys of ${settings.path} in Vault`),
    version: metadata.version,
  }
}

/** False when there is another version by now. */
async function writeVault(settings: VaultSettings, keys: KeptKeys, version: number): Promise<boolean> {
  const body = JSON.stringify({ options: { cas: version }, data: { keys: keyLines(keys) } })
  const answer = await ask(settings, 'POST', body)
  await answer.body?.cancel()
  if (answer.status === 400) return false
  if (!answer.ok) throw refused(answer.status)
  return true
}

/** The token goes in a header only; what went wrong is told by its code, for its text may quote the request. */
async function ask(settings: VaultSettings, method: 'GET' | 'POST', body?: string): Promise<Response> {
  const { address, token, path, timeoutMs = TIMEOUT_MS } = settings
  try {
    return await fetch(new URL(`/v1/${path.replace(/^\/+/, '')}`, address), {
      method,
      headers: {
        'x-vault-token': token,
        ...(body === undefined ? {} : { 'content-type': 'application/json' }),
      },
      redirect: 'error',
      signal: AbortSignal.timeout(timeoutMs),
      ...(body === undefined ? {} : { body }),
    })
  } catch (error) {
    throw vaultFailure(
      'vault-unreachable',
      `Vault cannot be reached (${codeOf(error)}): see that ONTREGEL_VAULT_ADDRESS is right and that this machine may reach it.`,
    )
  }
}

function codeOf(error: unknown): string {
  const cause = error instanceof Error && error.cause instanceof Error ? error.cause : error
  if (cause instanceof Error && 'code' in cause && typeof cause.code === 'string') return cause.code
  return cause instanceof Error ? cause.name : 'unknown'
}

function refused(status: number): Failure {
  const remedy =
    status === 403
      ? 'let the policy of ONTREGEL_VAULT_TOKEN read, create and update ONTREGEL_VAULT_PATH, and see that the token has not ended'
      : status === 503
        ? 'it is sealed or standing by: unseal it'
        : 'look in its own log'
  return vaultFailure('vault-refused', `Vault refused (status ${status}): ${remedy}.`)
}

const vaultFailure = (code: string, sentence: string) => new Failure('business', code, sentence)
