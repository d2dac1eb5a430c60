import { Text } from '@mantine/core'
import type { z } from 'zod'
import type { Channels } from '../../server/operate/channel-schemas.ts'
import { LocalTime } from '../shared/local-time.tsx'
import { StateBadge } from '../shared/state-badge.tsx'
import { useTexts } from '../shared/use-texts.ts'
import { WhatHappened } from '../shared/what-happened.tsx'

export type Channel = z.output<typeof Channels>[number]

const SOON_DAYS = 30

/** Whether a channel is on, why it does not listen although it should, and when its certificate ends soon. */
export function ChannelState({ channel }: { readonly channel: Channel }) {
  const t = useTexts()
  const { enabled, problem, problemCode, certificateUntil } = channel
  const soon = Date.now() + SOON_DAYS * 86_400_000
  const ends = enabled && certificateUntil !== null && new Date(certificateUntil).getTime() < soon
  if (!enabled) return <StateBadge tone="quiet" text={t('operate.channel.state.off')} />
  return (
    <>
      <StateBadge
        tone={problem === null ? 'good' : 'bad'}
        text={t(problem === null ? 'operate.channel.state.on' : 'operate.channel.state.shut')}
      />
      {problem !== null && (
        <Text size="sm" component="div">
          <WhatHappened code={problemCode} sentence={problem} />
        </Text>
      )}
      {ends && (
        <Text size="sm">
          {t('operate.channel.certificate.ends')} <LocalTime at={certificateUntil} shape="day" />
        </Text>
      )}
    </>
  )
}
