import { useState } from 'react'
import type { z } from 'zod'
import { MessagePage, type ListedMessage } from '../../server/operate/message-schemas.ts'
import { Asked } from '../shared/asked.tsx'
import { Card } from '../shared/card.tsx'
import { DataTable, type Column } from '../shared/data-table.tsx'
import { EmptyState } from '../shared/empty-state.tsx'
import { LocalTime } from '../shared/local-time.tsx'
import { PageFrame } from '../shared/page-frame.tsx'
import { PageLink } from '../shared/page-link.tsx'
import { useAskPages } from '../shared/use-ask-pages.ts'
import { useHospital } from '../shared/use-path.ts'
import { useSearchWord } from '../shared/use-search-word.ts'
import { useTexts } from '../shared/use-texts.ts'
import { MessageFilter, type MessageWords } from './message-filter.tsx'
import { MessageState } from './message-state.tsx'

export type Message = z.output<typeof ListedMessage>

/** HL7 messages, found by what is known of them; never their content. */
export default function MessagesPage() {
  const t = useTexts()
  const { api } = useHospital()
  const [channel, setChannel] = useSearchWord('channel')
  const [state, setState] = useSearchWord('state')
  const [words, setWords] = useState<MessageWords>({})
  const body = { ...words, ...(channel && { channel }), ...(state && { state }) }
  const messages = useAskPages<Message>(MessagePage, `${api}/messages/search`, body)
  return (
    <PageFrame title={t('operate.messages.title')} lead={t('operate.messages.lead')}>
      <Card>
        <MessageFilter
          channel={channel}
          state={state}
          onChannel={setChannel}
          onState={setState}
          onFind={setWords}
        />
        <Asked of={messages}>{(rows) => <MessageTable rows={rows} more={messages.more} />}</Asked>
      </Card>
    </PageFrame>
  )
}

interface MessageTableProps {
  readonly rows: readonly Message[]
  readonly more: { readonly there: boolean; readonly busy: boolean; readonly fetch: () => void }
}

function MessageTable({ rows, more }: MessageTableProps) {
  const t = useTexts()
  const { pages } = useHospital()
  const columns: Column<Message>[] = [
    {
      key: 'control',
      title: t('operate.messages.control'),
      show: ({ id, controlId }) => (
        <PageLink to={`${pages}/messages/${id}`} inherit>
          {controlId}
        </PageLink>
      ),
    },
    {
      key: 'received',
      title: t('operate.messages.received'),
      show: ({ receivedAt }) => <LocalTime at={receivedAt} />,
    },
    { key: 'type', title: t('operate.messages.type'), show: ({ type }) => type },
    { key: 'channel', title: t('operate.messages.channel'), show: ({ channel }) => channel },
    { key: 'sender', title: t('operate.messages.sender'), show: ({ sender }) => sender },
    { key: 'state', title: t('operate.messages.state'), show: ({ state }) => <MessageState state={state} /> },
    {
      key: 'why',
      title: t('operate.messages.why'),
      show: ({ reason, heldBehind }) => (heldBehind === null ? (reason ?? '') : t('operate.messages.behind')),
    },
  ]
  const empty = <EmptyState title={t('operate.messages.none')} hint={t('operate.messages.none.hint')} />
  return (
    <DataTable
      caption={t('operate.messages.title')}
      columns={columns}
      rows={rows}
      rowKey={({ id }) => id}
      empty={empty}
      more={more}
    />
  )
}
