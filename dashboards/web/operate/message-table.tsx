import { Checkbox, Stack } from '@mantine/core'
import { DataTable, type Column, type DataTableProps } from '../shared/data-table.tsx'
import { EmptyState } from '../shared/empty-state.tsx'
import { LocalTime } from '../shared/local-time.tsx'
import { PageLink } from '../shared/page-link.tsx'
import { useHospital } from '../shared/use-path.ts'
import { useTexts } from '../shared/use-texts.ts'
import type { Message } from './answers.ts'
import { MessageState } from './message-state.tsx'
import { WhyWaits } from './why-waits.tsx'

interface MessageTableProps {
  readonly rows: readonly Message[]
  readonly more: NonNullable<DataTableProps<Message>['more']>
  readonly chosen: ReadonlySet<string>
  readonly onChoose: (chosen: ReadonlySet<string>) => void
}

/** Messages without their content; ticked ones can be replayed together. */
export function MessageTable({ rows, more, chosen, onChoose }: MessageTableProps) {
  const t = useTexts()
  const all = rows.length > 0 && rows.every(({ id }) => chosen.has(id))
  const toggle = (id: string) =>
    onChoose(chosen.has(id) ? new Set([...chosen].filter((one) => one !== id)) : new Set([...chosen, id]))
  const ticks: Column<Message> = {
    key: 'choose',
    title: '',
    show: ({ id, controlId }) => (
      <Checkbox
        aria-label={t('operate.messages.choose', { control: controlId })}
        checked={chosen.has(id)}
        onChange={() => toggle(id)}
      />
    ),
  }
  const columns = [ticks, ...useMessageColumns()]
  const empty = <EmptyState title={t('operate.messages.none')} hint={t('operate.messages.none.hint')} />
  return (
    <Stack gap="sm">
      {rows.length > 0 && (
        <Checkbox
          label={t('operate.messages.chooseall')}
          checked={all}
          indeterminate={!all && rows.some(({ id }) => chosen.has(id))}
          onChange={() => onChoose(all ? new Set() : new Set(rows.map(({ id }) => id)))}
        />
      )}
      <DataTable
        caption={t('operate.messages.title')}
        columns={columns}
        rows={rows}
        rowKey={({ id }) => id}
        empty={empty}
        more={more}
      />
    </Stack>
  )
}

function useMessageColumns(): Column<Message>[] {
  const t = useTexts()
  const { pages } = useHospital()
  return [
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
      show: (message) => <WhyWaits message={message} brief />,
    },
  ]
}
