import { Box, Stack, Text } from '@mantine/core'
import type { z } from 'zod'
import type { BulkPreview } from '../../server/items/bulk-schemas.ts'
import { DataTable, type Column } from '../shared/data-table.tsx'
import { ItemStateBadge } from '../shared/state-badge.tsx'
import { useTexts } from '../shared/use-texts.ts'
import type { Handling } from './answers.ts'

type Preview = z.output<typeof BulkPreview>
type Row = Preview['items'][number]

interface BulkPreviewTableProps {
  readonly handling: Handling
  readonly preview: Preview
}

/** What will happen to each item, and why not to the others; those it will happen to come first. */
export function BulkPreviewTable({ handling, preview }: BulkPreviewTableProps) {
  const t = useTexts()
  const rows = preview.items.toSorted((a, b) => Number(a.refused !== null) - Number(b.refused !== null))
  const will = rows.filter(({ refused }) => refused === null).length
  const columns: Column<Row>[] = [
    {
      key: 'item',
      title: t('items.bulk.item'),
      show: ({ reference, deployment }) => `${reference} · ${deployment}`,
    },
    { key: 'state', title: t('items.list.state'), show: ({ state }) => <ItemStateBadge state={state} /> },
    {
      key: 'what',
      title: t('items.bulk.what'),
      show: (row) => <What row={row} handling={handling} />,
    },
  ]
  return (
    <Stack gap="sm" role="status">
      <Text fw={600}>{t('items.bulk.will', { count: will })}</Text>
      {rows.length > will && <Text size="sm">{t('items.bulk.willnot', { count: rows.length - will })}</Text>}
      {preview.more && <Text size="sm">{t('items.bulk.more')}</Text>}
      <Box mah={360} className="scrolls" tabIndex={0} role="region" aria-label={t('items.bulk.caption')}>
        <DataTable
          caption={t('items.bulk.caption')}
          columns={columns}
          rows={rows}
          rowKey={({ item }) => item}
        />
      </Box>
    </Stack>
  )
}

/** What happens to one item, or why nothing does. */
function What({ row: { refused, actsDone }, handling }: { readonly row: Row; readonly handling: Handling }) {
  const t = useTexts()
  if (refused !== null)
    return (
      <Text size="sm" c="dimmed">
        {t(`items.refused.${refused}`)}
      </Text>
    )
  const stays = handling === 'cancel' && actsDone > 0
  return (
    <Text size="sm">
      {t(`items.bulk.to.${handling}`)}
      {stays && ` – ${t('items.bulk.acts', { count: actsDone })}`}
    </Text>
  )
}
