import { DEFAULT_LIMITS } from '../../../connectors/hl7/listener.ts'
import { CHARSETS } from '../../../connectors/hl7/charset.ts'
import { findChannel, removeChannel } from '../../../orchestrator/ledger/channel-records.ts'
import { recordChange } from '../../../orchestrator/ledger/changes.ts'
import { readChannels } from '../../../orchestrator/ledger/message-search.ts'
import { putChannelRetention } from '../../../orchestrator/ledger/retention.ts'
import { enterChannel } from '../../../orchestrator/triggers/enter-channel.ts'
import { changedBy } from '../administer/by-caller.ts'
import { Done, Hospital } from '../door/account-schemas.ts'
import { defineRoute, type Route } from '../route.ts'
import { ChannelForm, ChannelPath, ChannelRetention, Channels, OneChannel } from './channel-schemas.ts'
import { SaveChannel } from './save-channel.ts'

const done = { done: true }

/** HL7 channels: where messages come in. */
export const channelRoutes: readonly Route[] = [
  defineRoute({
    method: 'GET',
    path: '/api/hospitals/:hospital/channels',
    roles: ['it'],
    summary: 'The HL7 channels: where messages come in, what waits, and what was set aside.',
    params: Hospital,
    answer: Channels,
    handle: (_asked, { db }) => readChannels(db),
  }),
  defineRoute({
    method: 'PUT',
    path: '/api/hospitals/:hospital/channels/:channel/retention',
    roles: ['it'],
    summary: 'How many days at least the messages of a channel are kept; they go with their whole month.',
    params: ChannelPath,
    body: ChannelRetention,
    answer: Done,
    async handle({ params: { hospital, channel }, body: { days } }, { db, caller: { account } }) {
      await db.transaction().execute(async (tx) => {
        const before = await putChannelRetention(tx, hospital, channel, days)
        await recordChange(tx, {
          hospital,
          account,
          what: 'channel-retention',
          subject: channel,
          before,
          after: days,
        })
      })
      return { done: true }
    },
  }),
  defineRoute({
    method: 'GET',
    path: '/api/hospitals/:hospital/channel-form',
    roles: ['it'],
    summary: 'The limits that a channel has by itself, and the character sets that can be chosen.',
    params: Hospital,
    answer: ChannelForm,
    handle: () => Promise.resolve({ limits: { ...DEFAULT_LIMITS }, charsets: [...CHARSETS] }),
  }),
  defineRoute({
    method: 'GET',
    path: '/api/hospitals/:hospital/channels/:channel',
    roles: ['it'],
    summary: 'How a channel was set up; the key of its certificate is not shown.',
    params: ChannelPath,
    answer: OneChannel,
    async handle({ params: { hospital, channel } }, { db }) {
      const { port, host, enabled, tls, senders, charset, limits } = await findChannel(db, hospital, channel)
      return {
        ...{ port, host: host ?? null, enabled, senders, charset, limits: { ...limits } },
        certificate: tls?.certificate ?? null,
        clientAuthorities: tls?.clientAuthorities ?? null,
      }
    },
  }),
  defineRoute({
    method: 'PUT',
    path: '/api/hospitals/:hospital/channels/:channel',
    roles: ['it'],
    summary:
      'Makes or changes a channel, with the key of its certificate; who listens takes it over within half a minute.',
    params: ChannelPath,
    body: SaveChannel,
    answer: Done,
    async handle({ params: { hospital, channel }, body: { key, ...setup } }, context) {
      const { db, installation } = context
      const tools = { db, secrets: installation.secrets }
      await enterChannel(tools, changedBy(hospital, context), { id: channel, ...setup }, key)
      return done
    },
  }),
  defineRoute({
    method: 'DELETE',
    path: '/api/hospitals/:hospital/channels/:channel',
    roles: ['it'],
    summary: 'Takes a channel away with the key of its certificate; refused when messages came in over it.',
    params: ChannelPath,
    answer: Done,
    async handle({ params: { hospital, channel } }, context) {
      await removeChannel(context.db, changedBy(hospital, context), channel)
      return done
    },
  }),
]
