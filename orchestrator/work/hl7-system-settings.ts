import { z } from 'zod'
import type { Hl7SystemSettings } from '../../connectors/hl7/system.ts'
import { certificates } from './fhir-system-settings.ts'

/** Names as hospitals give them; signs that mean something to HL7 are not among them. */
const NAME = /^[A-Za-z0-9 ._:/+-]{0,60}$/
const name = (what: string) => z.string({ error: what }).regex(NAME, what)

const Party = (who: string) => {
  const what = `write the name that ${who} has, of letters, digits, spaces and . _ : / + -`
  return z.strictObject(
    { application: name(what).min(1, what), facility: name(what).default('') },
    { error: what },
  )
}

const Tls = z.strictObject({
  /** The hospital's own authorities, as PEM text; only these are trusted then. */
  authorities: certificates.optional(),
  /** Our certificate for mutual TLS, with those between it and its authority, as PEM text; its key is a secret. */
  certificate: certificates.optional(),
  /** The name in the receiver's certificate, when it is not its address. */
  serverName: z.string().min(1).max(253).optional(),
})

const ms = (least: number, most: number, usual: number) =>
  z
    .int('write a whole number of milliseconds')
    .min(least, `write ${least} or more`)
    .max(most, `write ${most} at most`)
    .default(usual)

const Limits = z.strictObject({
  /** Until there is a connection, TLS included. */
  connectMs: ms(100, 60_000, 5_000),
  /** From sending until the answer; after it nobody knows whether it arrived. */
  answerMs: ms(100, 600_000, 30_000),
  /** After how long without a message the connection is closed: before a firewall forgets it. */
  idleMs: ms(1_000, 3_600_000, 60_000),
})

/** What an administrator fills in about a system that takes HL7 messages, besides its address; no secret stands in it. */
export const Hl7Settings = z.strictObject({
  /** MSH-5 and MSH-6. */
  receiver: Party('the receiver'),
  /** MSH-3 and MSH-4: who we are there. */
  sender: Party('we have there'),
  version: z
    .enum(['2.2', '2.3', '2.3.1', '2.4', '2.5', '2.5.1', '2.6', '2.7'], {
      error: 'write a version such as 2.4',
    })
    .default('2.4'),
  charset: z
    .enum(['8859/1', '8859/15', 'UNICODE UTF-8', 'ASCII'], {
      error: 'write one of 8859/1, 8859/15, UNICODE UTF-8, ASCII',
    })
    .default('8859/1'),
  processing: z.enum(['P', 'T', 'D'], { error: 'write P, T or D' }).default('P'),
  recognisesDuplicates: z.boolean().default(false),
  /** For mllps:// only. */
  tls: Tls.prefault({}),
  limits: Limits.prefault({}),
} satisfies Partial<Record<keyof Hl7SystemSettings, z.ZodType>>)
export type Hl7Settings = z.output<typeof Hl7Settings>
