import { z } from 'zod'
import { areCertificates } from '../../connectors/certificates.ts'
import { FhirSystemSettings } from '../../connectors/fhir/settings.ts'
import { PEM } from '../../connectors/pem.ts'

const text = (what: string) => z.string({ error: what }).min(1, what).max(500, what)

const SignIn = z.discriminatedUnion(
  'way',
  [
    z.strictObject({ way: z.literal('none') }),
    z.strictObject({ way: z.literal('bearer') }),
    z.strictObject({ way: z.literal('basic') }),
    z.strictObject({
      way: z.literal('backend-services'),
      /** Where the token is asked for; also the audience of the proof. */
      tokenAddress: text('fill in the address of the token endpoint, https://…'),
      clientId: text('fill in the name under which the server knows us'),
      /** Such as `system/Patient.read system/Appointment.write`. */
      scope: text('fill in what is asked for, such as system/Patient.read'),
      algorithm: z.enum(['ES384', 'RS384'], { error: 'write ES384 or RS384' }),
      /** The `kid` under which our public key is registered there. */
      keyId: text('fill in the id under which the public key is registered there (kid)'),
    }),
  ],
  { error: 'write one of none, bearer, basic, backend-services' },
)

/** Certificates as PEM text. */
export const certificates = z
  .string()
  .refine(areCertificates, 'must be certificates as PEM text, each from BEGIN CERTIFICATE to END CERTIFICATE')
  .meta(PEM)

const Network = z.strictObject({
  /** `http://proxy.example:8080`; user and password, if it wants them, are a secret of their own. */
  proxy: z
    .string()
    .refine(isProxy, 'must be http://name:port or https://name:port, without user, password or path')
    .optional(),
  proxySignsIn: z.boolean().default(false),
  /** The hospital's own authorities, as PEM text; only these are trusted then. */
  authorities: certificates.optional(),
  /** Our certificate for mutual TLS, with those between it and its authority, as PEM text; its key is a secret. */
  certificate: certificates.optional(),
})

/** What an administrator fills in about a FHIR system besides its address; no secret stands in it. */
export const FhirSettings = z
  .strictObject({
    ...FhirSystemSettings.omit({ id: true, address: true }).shape,
    version: z.enum(['R4', 'STU3'], { error: 'write R4 or STU3' }).default('R4'),
    /** Left out, the secret of the system says how: bearer or basic. */
    signIn: SignIn.optional(),
    network: Network.prefault({}),
  })
  .refine(({ network }) => network.proxy !== undefined || !network.proxySignsIn, {
    path: ['network', 'proxy'],
    error: 'must be filled in when network.proxySignsIn is on',
  })
export type FhirSettings = z.output<typeof FhirSettings>

/** The secrets of a FHIR system by their names: a system uses its own and no other's. */
export const fhirSecretNames = (system: string) => ({
  /** JSON: `{way:"bearer",token}`, `{way:"basic",user,password}` or `{way:"backend-services",key}`, `key` as PEM or JWK. */
  signIn: `system/${system}`,
  /** JSON: `{key,passphrase?}`, the key of our certificate as PEM. */
  certificateKey: `system/${system}/certificate-key`,
  /** JSON: `{user,password}`. */
  proxy: `system/${system}/proxy`,
})

/** The names of the secrets that must be entered for a system with these settings. */
export function neededFhirSecrets(system: string, { signIn, network }: FhirSettings): readonly string[] {
  const names = fhirSecretNames(system)
  return [
    ...(signIn?.way === 'none' ? [] : [names.signIn]),
    ...(network.certificate === undefined ? [] : [names.certificateKey]),
    ...(network.proxySignsIn ? [names.proxy] : []),
  ]
}

function isProxy(address: string): boolean {
  const url = URL.parse(address)
  if (!url || !/^https?:$/.test(url.protocol)) return false
  return url.username === '' && url.password === '' && url.pathname === '/' && url.search === ''
}
