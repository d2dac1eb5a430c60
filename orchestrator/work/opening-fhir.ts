import { z } from 'zod'
import { Failure } from '../../connectors/failure.ts'
import { openFhirSystem, type FhirEndpoint } from '../../connectors/fhir/client.ts'
import { openSignIn, type SignInSettings } from '../../connectors/fhir/sign-in.ts'
import type { Connection, Tls } from '../../connectors/fhir/transport.ts'
import type { SystemRow } from '../ledger/tables.ts'
import { fhirSecretNames, FhirSettings } from './fhir-system-settings.ts'
import { keyOfOurs } from './own-certificate.ts'
import type { SystemOpening } from './shared-endpoints.ts'
import { readCredentials, readSystemSettings } from './system-settings.ts'

const filled = z.string().min(1)
const Key = z.union([filled, z.record(z.string(), z.string())])
const SignInSecret = z.discriminatedUnion('way', [
  z.object({ way: z.literal('bearer'), token: filled }),
  z.object({ way: z.literal('basic'), user: filled, password: z.string() }),
  z.object({ way: z.literal('backend-services'), key: Key }),
])
const ProxySecret = z.object({ user: filled, password: z.string() })

/**
 * A FHIR system as it stands in the ledger, signed in by its own secrets; nothing is sent yet.
 * @throws {Failure} `business`: names the setting or the secret that is wrong
 */
export async function openFhir(options: SystemOpening, row: SystemRow): Promise<FhirEndpoint> {
  const { id, address } = row
  const { signIn, network, ...settings } = readSystemSettings(FhirSettings, row, row.settings ?? {})
  const connection = await connectionOf(options, row, network)
  const access = openSignIn(await signInOf(options, row, signIn, settings.allowUnencrypted), {
    system: id,
    connection,
  })
  const log = options.log.scoped({ system: id })
  const endpoint = openFhirSystem({ id, address, ...settings }, access, { log, connection })
  return {
    ...endpoint,
    close() {
      access.close()
      endpoint.close()
    },
  }
}

/** What is not secret comes from the settings, what is from the secret; both must mean the same way. */
async function signInOf(
  options: SystemOpening,
  row: SystemRow,
  signIn: FhirSettings['signIn'],
  allowUnencrypted: boolean,
): Promise<SignInSettings> {
  if (signIn?.way === 'none') return signIn
  const secret = await readCredentials(options, SignInSecret, row, fhirSecretNames(row.id).signIn)
  if (signIn && signIn.way !== secret.way) throw otherWay(row.id, signIn.way, secret.way)
  if (secret.way !== 'backend-services') return secret
  if (signIn?.way !== 'backend-services') throw noWay(row.id)
  const { algorithm, keyId, ...asked } = signIn
  return { ...asked, allowUnencrypted, signing: { algorithm, keyId, key: secret.key } }
}

async function connectionOf(
  options: SystemOpening,
  row: SystemRow,
  { proxy, proxySignsIn, authorities, certificate }: FhirSettings['network'],
): Promise<Connection> {
  const names = fhirSecretNames(row.id)
  const own: Tls = certificate === undefined ? {} : await certified(options, row, certificate)
  const tls: Tls = { ...own, ...(authorities === undefined ? {} : { ca: authorities }) }
  if (proxy === undefined) return { tls }
  const address = new URL(proxy)
  if (proxySignsIn) {
    const { user, password } = await readCredentials(options, ProxySecret, row, names.proxy)
    address.username = encodeURIComponent(user)
    address.password = encodeURIComponent(password)
  }
  return { tls, proxy: address.href }
}

const certified = async (options: SystemOpening, row: SystemRow, certificate: string): Promise<Tls> => {
  const { key, passphrase } = await keyOfOurs(options, row, { field: 'network.certificate', certificate })
  return { certificate, key, ...(passphrase === undefined ? {} : { passphrase }) }
}

function otherWay(system: string, wanted: string, has: string): Failure {
  const sentence = `Field signIn.way of system ${system} is ${wanted}, but the secret that was entered is for ${has}: enter it again.`
  return new Failure('business', 'secret-invalid', sentence, { system })
}

function noWay(system: string): Failure {
  const sentence = `Field signIn of system ${system}: the secret is a signing key, so fill in way backend-services with its token address, client id, scope, algorithm and key id.`
  return new Failure('business', 'system-settings', sentence, { system })
}
