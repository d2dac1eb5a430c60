import { Alert, Button, Group, Stack, Text } from '@mantine/core'
import type { z } from 'zod'
import type { ListCheck } from '../../server/items/list-schemas.ts'
import { DataTable, type Column } from '../shared/data-table.tsx'
import { useInLanguage, useTexts } from '../shared/use-texts.ts'
import { WhatHappened } from '../shared/what-happened.tsx'

type Check = z.output<typeof ListCheck>
type RowError = Check['errors'][number]

interface ListFindingsProps {
  readonly check: Check
  readonly busy: boolean
  readonly onAccept: (id: string) => void
}

/** What checking a list found: the rows that are not right, or that it can be accepted. */
export function ListFindings({ check: { id, rows, errors, moreErrors }, busy, onAccept }: ListFindingsProps) {
  const t = useTexts()
  const inLanguage = useInLanguage()
  const columns: Column<RowError>[] = [
    { key: 'row', title: t('items.lists.row'), align: 'end', show: ({ row }) => row },
    {
      key: 'column',
      title: t('items.lists.column'),
      show: ({ column }) => column && inLanguage(column),
    },
    {
      key: 'what',
      title: t('items.lists.what'),
      show: ({ code, sentence }) => <WhatHappened code={code} sentence={sentence} />,
    },
  ]
  if (id !== null)
    return (
      <Alert color="green" variant="light" role="status">
        <Group gap="sm">
          <Text>{t('items.lists.good', { count: rows })}</Text>
          <Button loading={busy} onClick={() => onAccept(id)}>
            {t('items.lists.accept', { count: rows })}
          </Button>
        </Group>
      </Alert>
    )
  return (
    <Stack gap="sm" role="status">
      <Text fw={600}>{t('items.lists.wrong', { count: errors.length + moreErrors })}</Text>
      <DataTable
        caption={t('items.lists.errors')}
        columns={columns}
        rows={errors}
        rowKey={({ row, sentence }) => `${row} ${sentence}`}
      />
      {moreErrors > 0 && <Text size="sm">{t('items.lists.more', { count: moreErrors })}</Text>}
    </Stack>
  )
}
