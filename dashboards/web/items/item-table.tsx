import { Checkbox, Stack, Text } from '@mantine/core'
import { DataTable, type Column, type DataTableProps } from '../shared/data-table.tsx'
import { EmptyState } from '../shared/empty-state.tsx'
import { LocalTime } from '../shared/local-time.tsx'
import { PageLink } from '../shared/page-link.tsx'
import { ItemStateBadge, ReportedBadge } from '../shared/state-badge.tsx'
import { useHospital } from '../shared/use-path.ts'
import { useTexts } from '../shared/use-texts.ts'
import { WhatHappened } from '../shared/what-happened.tsx'
import type { Item } from './answers.ts'
import { useAdministers } from './use-administers.ts'

interface ItemTableProps {
  readonly rows: readonly Item[]
  readonly more: NonNullable<DataTableProps<Item>['more']>
  readonly chosen: ReadonlySet<string>
  readonly onChoose: (chosen: ReadonlySet<string>) => void
}

/** Items with their end of a reference, state and reason; ticked ones are for the bar above. */
export function ItemTable({ rows, more, chosen, onChoose }: ItemTableProps) {
  const t = useTexts()
  const administers = useAdministers()
  const toggle = (id: string) => onChoose(chosen.has(id) ? without(chosen, id) : new Set([...chosen, id]))
  const all = rows.length > 0 && rows.every(({ id }) => chosen.has(id))
  const columns = useItemColumns()
  const ticks: Column<Item> = {
    key: 'choose',
    title: '',
    show: ({ id, reference }) => (
      <Checkbox
        aria-label={t('items.list.choose', { reference })}
        checked={chosen.has(id)}
        onChange={() => toggle(id)}
      />
    ),
  }
  return (
    <Stack gap="sm">
      {administers && rows.length > 0 && (
        <Checkbox
          label={t('items.list.chooseall')}
          checked={all}
          indeterminate={!all && chosen.size > 0}
          onChange={() => onChoose(all ? new Set() : new Set(rows.map(({ id }) => id)))}
        />
      )}
      <DataTable
        caption={t('items.list.caption')}
        columns={administers ? [ticks, ...columns] : columns}
        rows={rows}
        rowKey={({ id }) => id}
        more={more}
        empty={<EmptyState title={t('items.list.empty')} hint={t('items.list.empty.hint')} />}
      />
    </Stack>
  )
}

function without(chosen: ReadonlySet<string>, id: string): ReadonlySet<string> {
  return new Set([...chosen].filter((each) => each !== id))
}

function useItemColumns(): Column<Item>[] {
  const t = useTexts()
  const { pages } = useHospital()
  return [
    {
      key: 'reference',
      title: t('items.list.reference'),
      show: ({ id, reference }) => <PageLink to={`${pages}/items/${id}`}>{reference}</PageLink>,
    },
    {
      key: 'state',
      title: t('items.list.state'),
      show: ({ state, reportedBy }) => (
        <>
          <ItemStateBadge state={state} />
          {reportedBy !== null && <ReportedBadge by={reportedBy} />}
        </>
      ),
    },
    { key: 'deployment', title: t('items.list.deployment'), show: ({ deployment }) => deployment },
    { key: 'arrived', title: t('items.list.arrived'), show: ({ arrivedAt }) => <LocalTime at={arrivedAt} /> },
    { key: 'attempt', title: t('items.list.attempt'), align: 'end', show: ({ attempt }) => attempt },
    {
      key: 'why',
      title: t('items.list.why'),
      show: ({ code, sentence }) => (
        <Text size="sm" className="breaks" lineClamp={3} maw="46ch">
          <WhatHappened brief code={code} sentence={sentence} />
        </Text>
      ),
    },
  ]
}
