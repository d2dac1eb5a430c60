import type { z } from 'zod'
import type { OneChannel } from '../../server/operate/channel-schemas.ts'

export const SECURITY = ['none', 'tls', 'mutual'] as const
type Security = (typeof SECURITY)[number]

/** The limits in the order of the form, and how many of the ledger's units (bytes, milliseconds) one of the form's is. */
export const LIMITS = {
  frameBytes: 1000,
  connections: 1,
  unfinishedBytes: 1000,
  idleMs: 1000,
  frameMs: 1000,
  frameAgeMs: 1000,
  lingerMs: 1000,
} as const
export type LimitName = keyof typeof LIMITS
export const LIMIT_NAMES = Object.keys(LIMITS).filter((name): name is LimitName =>
  Object.hasOwn(LIMITS, name),
)

/** A channel as it is being filled in: everything as it was typed. */
export interface ChannelDraft {
  readonly enabled: boolean
  readonly port: string
  readonly host: string
  readonly security: Security
  readonly certificate: string
  readonly key: string
  readonly passphrase: string
  readonly clientAuthorities: string
  /** One on a line. */
  readonly senders: string
  readonly charset: string
  readonly limits: Readonly<Record<LimitName, string>>
}

export const NEW_CHANNEL: ChannelDraft = {
  ...{ enabled: true, port: '', host: '', security: 'none', certificate: '', key: '', passphrase: '' },
  ...{ clientAuthorities: '', senders: '', charset: '8859/1' },
  limits: {
    ...{ frameBytes: '', connections: '', unfinishedBytes: '' },
    ...{ idleMs: '', frameMs: '', frameAgeMs: '', lingerMs: '' },
  },
}

/** The form of a channel that is there. The key does not come back: its field is empty. */
export function draftOf(channel: z.output<typeof OneChannel>): ChannelDraft {
  const { enabled, port, host, certificate, clientAuthorities, senders, charset, limits } = channel
  const limit = (name: LimitName) => {
    const value = limits[name]
    return value === undefined ? '' : String(value / LIMITS[name])
  }
  return {
    ...NEW_CHANNEL,
    ...{ enabled, port: String(port), host: host ?? '', charset, senders: senders.join('\n') },
    ...{ certificate: certificate ?? '', clientAuthorities: clientAuthorities ?? '' },
    security: certificate === null ? 'none' : clientAuthorities === null ? 'tls' : 'mutual',
    limits: {
      frameBytes: limit('frameBytes'),
      connections: limit('connections'),
      unfinishedBytes: limit('unfinishedBytes'),
      idleMs: limit('idleMs'),
      frameMs: limit('frameMs'),
      frameAgeMs: limit('frameAgeMs'),
      lingerMs: limit('lingerMs'),
    },
  }
}

/** What was filled in, as the API takes it; what is no number goes as it is, and is refused by its field. */
export function savedChannel(draft: ChannelDraft): Readonly<Record<string, unknown>> {
  const { enabled, port, host, security, certificate, key, passphrase, charset } = draft
  const limits = LIMIT_NAMES.flatMap((name) => {
    const typed = draft.limits[name].trim().replace(',', '.')
    return typed === '' ? [] : [[name, Math.round(Number(typed) * LIMITS[name])]]
  })
  const secured = security !== 'none'
  return {
    ...{ enabled, charset, port: port.trim() === '' ? Number.NaN : Number(port) },
    senders: draft.senders
      .split('\n')
      .map((line) => line.trim())
      .filter((line) => line !== ''),
    limits: Object.fromEntries(limits),
    ...(host.trim() !== '' && { host: host.trim() }),
    ...(secured && {
      tls: { certificate, ...(security === 'mutual' && { clientAuthorities: draft.clientAuthorities }) },
    }),
    ...(secured && key.trim() !== '' && { key: { key, ...(passphrase !== '' && { passphrase }) } }),
  }
}
