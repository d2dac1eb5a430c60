import type { z } from 'zod'
import type { EnterCredentials } from '../../server/administer/credential-schemas.ts'
import type { System } from './answers.ts'

/** How a FHIR server can be signed in to with a secret. */
export const WAYS = ['bearer', 'basic', 'backend-services'] as const
export type Way = (typeof WAYS)[number]

export type CredentialField = 'user' | 'password' | 'totpSecret' | 'token' | 'key' | 'passphrase'
type Part = System['credentials'][number]['part']
type Value = z.input<typeof EnterCredentials>['entered']['value']

interface FieldOf {
  readonly name: CredentialField
  readonly optional: boolean
}

const needed = (...names: CredentialField[]): FieldOf[] => names.map((name) => ({ name, optional: false }))
const may = (name: CredentialField): FieldOf => ({ name, optional: true })

/** The fields that one part of a system's credentials has. */
export function fieldsOf(kind: System['kind'], part: Part, way: Way): readonly FieldOf[] {
  if (part === 'certificate-key') return [...needed('key'), may('passphrase')]
  if (part === 'proxy') return needed('user', 'password')
  if (kind === 'web') return [...needed('user', 'password'), may('totpSecret')]
  if (way === 'basic') return needed('user', 'password')
  return needed(way === 'bearer' ? 'token' : 'key')
}

/** What was filled in, as the API takes it. */
export function credentialValue(
  kind: System['kind'],
  part: Part,
  way: Way,
  words: Partial<Record<CredentialField, string>>,
): Value {
  const { user = '', password = '', token = '', key = '', totpSecret = '', passphrase = '' } = words
  if (part === 'certificate-key') return { key, ...(passphrase !== '' && { passphrase }) }
  if (part === 'proxy') return { user, password }
  if (kind === 'web') return { user, password, ...(totpSecret !== '' && { totpSecret }) }
  if (way === 'basic') return { way, user, password }
  return way === 'bearer' ? { way, token } : { way, key }
}
