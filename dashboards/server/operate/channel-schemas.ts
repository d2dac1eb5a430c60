import { z } from 'zod'
import { Hospital, Instant } from '../door/account-schemas.ts'

export const ChannelPath = Hospital.extend({ channel: z.string().max(80) })

/** `GET /api/hospitals/:hospital/channels` */
export const Channels = z.array(
  z.object({
    id: z.string(),
    port: z.number(),
    /** Null is the address of the settings. */
    host: z.string().nullable(),
    enabled: z.boolean(),
    tls: z.enum(['none', 'tls', 'mutual']),
    /** Those that differ from what a channel has by itself; bytes and milliseconds. */
    limits: z.record(z.string(), z.number()).readonly(),
    /** When the key of its certificate was entered. */
    keyEnteredAt: Instant.nullable(),
    /** The last moment at which its certificate holds. */
    certificateUntil: Instant.nullable(),
    /** Why it does not listen although it should. */
    problem: z.string().nullable(),
    /** Of that problem: pages have words for it. */
    problemCode: z.string().nullable(),
    senders: z.array(z.string()).readonly(),
    charset: z.string(),
    retentionDays: z.number(),
    waiting: z.number(),
    aside: z.number(),
    lastReceivedAt: Instant.nullable(),
  }),
)

/** `PUT /api/hospitals/:hospital/channels/:channel/retention` */
export const ChannelRetention = z.object({ days: z.int('must be a whole number of days').min(1).max(3650) })

/** `GET /api/hospitals/:hospital/channel-form`: what a channel has that does not say otherwise; bytes and milliseconds. */
export const ChannelForm = z.object({
  limits: z.record(z.string(), z.number()),
  charsets: z.array(z.string()),
})

/** `GET /api/hospitals/:hospital/channels/:channel`: how it was set up; the key of its certificate goes in and never comes out. */
export const OneChannel = z.object({
  port: z.number(),
  host: z.string().nullable(),
  enabled: z.boolean(),
  certificate: z.string().nullable(),
  clientAuthorities: z.string().nullable(),
  senders: z.array(z.string()),
  charset: z.string(),
  limits: z.record(z.string(), z.number()),
})
