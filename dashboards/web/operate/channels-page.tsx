import { Button } from '@mantine/core'
import { useState } from 'react'
import { Channels } from '../../server/operate/channel-schemas.ts'
import { Asked } from '../shared/asked.tsx'
import { Card } from '../shared/card.tsx'
import { DataTable, type Column } from '../shared/data-table.tsx'
import { EmptyState } from '../shared/empty-state.tsx'
import { LocalTime } from '../shared/local-time.tsx'
import { PageFrame } from '../shared/page-frame.tsx'
import { ButtonLink, PageLink } from '../shared/page-link.tsx'
import { useAsk } from '../shared/use-ask.ts'
import { useHospital } from '../shared/use-path.ts'
import { useTexts, type Texts } from '../shared/use-texts.ts'
import { ChangeDays } from './change-days.tsx'
import { ChannelState, type Channel } from './channel-state.tsx'

const ASK_AGAIN_MS = 5_000

/** The HL7 channels, what waits on each, and how long its messages are kept. */
export default function ChannelsPage() {
  const t = useTexts()
  const { api, pages } = useHospital()
  const channels = useAsk(Channels, `${api}/channels`, { every: ASK_AGAIN_MS })
  const [changing, setChanging] = useState<Channel | undefined>()
  return (
    <PageFrame
      title={t('operate.channels.title')}
      lead={t('operate.channels.lead')}
      actions={<ButtonLink to={`${pages}/new-channel`}>{t('operate.channel.new')}</ButtonLink>}
    >
      <Card>
        <Asked of={channels}>{(rows) => <ChannelTable rows={rows} onChange={setChanging} />}</Asked>
      </Card>
      {changing && (
        <ChangeDays
          path={`${api}/channels/${changing.id}/retention`}
          touches={`${api}/channels`}
          title={t('operate.channels.change.question', { channel: changing.id })}
          sentence={t('operate.channels.change.means')}
          label={t('operate.channels.change.days')}
          days={changing.retentionDays}
          least={1}
          onClose={() => setChanging(undefined)}
        />
      )}
    </PageFrame>
  )
}

interface ChannelTableProps {
  readonly rows: readonly Channel[]
  readonly onChange: (channel: Channel) => void
}

function ChannelTable({ rows, onChange }: ChannelTableProps) {
  const t = useTexts()
  const columns: Column<Channel>[] = [
    ...settingColumns(t),
    { key: 'waiting', title: t('operate.channels.waiting'), show: ({ waiting }) => waiting, align: 'end' },
    {
      key: 'aside',
      title: t('operate.channels.aside'),
      show: ({ id, aside }) => <ToMessages channel={id} state="aside" text={String(aside)} />,
      align: 'end',
    },
    {
      key: 'last',
      title: t('operate.channels.last'),
      show: ({ lastReceivedAt }) => (lastReceivedAt === null ? '–' : <LocalTime at={lastReceivedAt} />),
    },
    {
      key: 'kept',
      title: t('operate.channels.kept'),
      show: (channel) => <Kept channel={channel} onChange={onChange} />,
    },
  ]
  return (
    <DataTable
      caption={t('operate.channels.title')}
      columns={columns}
      rows={rows}
      rowKey={({ id }) => id}
      empty={<EmptyState title={t('operate.channels.none')} />}
    />
  )
}

/** How it is set up. */
function settingColumns(t: Texts): Column<Channel>[] {
  return [
    {
      key: 'name',
      title: t('operate.channels.name'),
      show: ({ id }) => <ToChannel id={id} />,
      sortBy: ({ id }) => id,
    },
    {
      key: 'state',
      title: t('operate.channel.state'),
      show: (channel) => <ChannelState channel={channel} />,
    },
    {
      key: 'port',
      title: t('operate.channels.port'),
      show: ({ port }) => (port === 0 ? t('operate.channels.port.any') : port),
    },
    {
      key: 'senders',
      title: t('operate.channels.senders'),
      show: ({ senders }) => senders.join(', ') || t('operate.channels.senders.any'),
    },
    { key: 'charset', title: t('operate.channels.charset'), show: ({ charset }) => charset },
  ]
}

function ToChannel({ id }: { readonly id: string }) {
  const { pages } = useHospital()
  return (
    <PageLink to={`${pages}/channels/${id}`} inherit>
      {id}
    </PageLink>
  )
}

interface ToMessagesProps {
  readonly channel: string
  readonly state?: string
  readonly text: string
}

function ToMessages({ channel, state, text }: ToMessagesProps) {
  const { pages } = useHospital()
  return (
    <PageLink to={`${pages}/messages`} search={{ channel, state }} inherit>
      {text}
    </PageLink>
  )
}

interface KeptProps {
  readonly channel: Channel
  readonly onChange: (channel: Channel) => void
}

function Kept({ channel, onChange }: KeptProps) {
  const t = useTexts()
  const days = t('operate.channels.days', { count: channel.retentionDays })
  const label = `${days}: ${t('operate.channels.change')}`
  return (
    <Button size="xs" variant="default" aria-label={label} onClick={() => onChange(channel)}>
      {days}
    </Button>
  )
}
