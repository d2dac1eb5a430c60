import { Button, Group } from '@mantine/core'
import type { z } from 'zod'
import type { ListColumns } from '../../server/items/list-schemas.ts'
import { Card } from '../shared/card.tsx'
import { DataTable, type Column as TableColumn } from '../shared/data-table.tsx'
import { useInLanguage, useTexts } from '../shared/use-texts.ts'

type ListColumn = z.output<typeof ListColumns>['columns'][number]

interface ListColumnsCardProps {
  readonly deployment: string
  readonly columns: readonly ListColumn[]
}

/** Which columns a list may have, and an empty file with them. */
export function ListColumnsCard({ deployment, columns }: ListColumnsCardProps) {
  const t = useTexts()
  const inLanguage = useInLanguage()
  const titles = columns.map(({ title }) => inLanguage(title))
  const shown: TableColumn<ListColumn>[] = [
    { key: 'title', title: t('items.lists.column'), show: ({ title }) => inLanguage(title) },
    {
      key: 'kind',
      title: t('items.lists.kind'),
      show: ({ kind, description }) =>
        description ? inLanguage(description) : t(`items.lists.kind.${kind}`),
    },
    {
      key: 'needed',
      title: t('items.lists.needed'),
      show: ({ needed }) => t(needed ? 'shared.yes' : 'shared.no'),
    },
  ]
  return (
    <Card title={t('items.lists.columns')}>
      <DataTable
        caption={t('items.lists.columns.caption')}
        columns={shown}
        rows={columns}
        rowKey={({ name }) => name}
      />
      <Group>
        <Button variant="default" onClick={() => downloadTemplate(deployment, titles)}>
          {t('items.lists.template')}
        </Button>
      </Group>
    </Card>
  )
}

/** With the mark by which Excel knows UTF-8, and the separator that Dutch Excel expects. */
function downloadTemplate(deployment: string, titles: readonly string[]): void {
  const text = `\uFEFF${titles.map((title) => `"${title.replaceAll('"', '""')}"`).join(';')}\r\n`
  const address = URL.createObjectURL(new Blob([text], { type: 'text/csv' }))
  const link = document.createElement('a')
  link.href = address
  link.download = `${deployment}.csv`
  link.click()
  URL.revokeObjectURL(address)
}
