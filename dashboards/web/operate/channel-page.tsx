import { Channels, OneChannel } from '../../server/operate/channel-schemas.ts'
import { ChangeHistory } from '../administer/change-history.tsx'
import { Asked } from '../shared/asked.tsx'
import { Card } from '../shared/card.tsx'
import { Facts } from '../shared/facts.tsx'
import { LocalTime } from '../shared/local-time.tsx'
import { PageFrame } from '../shared/page-frame.tsx'
import { PageLink } from '../shared/page-link.tsx'
import { RemoveOne } from '../shared/remove-one.tsx'
import { useAsk } from '../shared/use-ask.ts'
import { useHospital, usePathValue } from '../shared/use-path.ts'
import { useTexts } from '../shared/use-texts.ts'
import { draftOf } from './channel-draft.ts'
import { ChannelForm } from './channel-form.tsx'
import { ChannelState, type Channel } from './channel-state.tsx'

const ASK_AGAIN_MS = 5_000

/** One HL7 channel: how it stands, and everything that it is set up with. */
export default function ChannelPage() {
  const t = useTexts()
  const { api, pages } = useHospital()
  const id = usePathValue('channel')
  const all = useAsk(Channels, `${api}/channels`, { every: ASK_AGAIN_MS })
  const setup = useAsk(OneChannel, `${api}/channels/${id}`)
  const summary = all.data?.find((one) => one.id === id)
  const remove = summary?.lastReceivedAt === null && (
    <RemoveOne
      path={`${api}/channels/${id}`}
      to={`${pages}/channels`}
      verb={t('operate.channel.remove')}
      question={t('operate.channel.remove.question', { channel: id })}
      sentence={t('operate.channel.remove.why')}
    />
  )
  return (
    <PageFrame title={t('operate.channel.title', { channel: id })} actions={remove}>
      <Card title={t('operate.channel.now')}>
        <Asked of={all}>{() => summary && <Standing channel={summary} />}</Asked>
      </Card>
      <Card title={t('operate.channel.settings')}>
        <Asked of={setup}>
          {(channel) => (
            <ChannelForm
              key={id}
              id={id}
              channel={draftOf(channel)}
              keyEnteredAt={summary?.keyEnteredAt ?? null}
            />
          )}
        </Asked>
      </Card>
      <Card title={t('administer.changes.title')}>
        <ChangeHistory subject={id} />
      </Card>
    </PageFrame>
  )
}

function Standing({ channel }: { readonly channel: Channel }) {
  const t = useTexts()
  const { pages } = useHospital()
  const { id, waiting, aside, lastReceivedAt } = channel
  const messages = (text: string, state?: string) => (
    <PageLink to={`${pages}/messages`} search={{ channel: id, state }} inherit>
      {text}
    </PageLink>
  )
  const facts = [
    { title: t('operate.channel.state'), value: <ChannelState channel={channel} /> },
    { title: t('operate.channels.waiting'), value: waiting },
    { title: t('operate.channels.aside'), value: messages(String(aside), 'aside') },
    {
      title: t('operate.channels.last'),
      value: lastReceivedAt === null ? t('shared.none') : <LocalTime at={lastReceivedAt} />,
    },
    { title: t('operate.messages.title'), value: messages(t('operate.channel.messages')) },
  ]
  return <Facts facts={facts} />
}
