import { NativeSelect, Paper, Stack, Text } from '@mantine/core'
import type { ReactNode } from 'react'
import type { ShapeProps } from './data-rows.tsx'
import { useTexts } from './use-texts.ts'

/** The rows as cards, for a narrow screen; sorting is a choice above them. */
export function DataCards<Row>(props: ShapeProps<Row>) {
  const { caption, captionShown, columns, rows, rowKey } = props
  return (
    <Stack gap="sm">
      {captionShown === true && <Text c="dimmed">{caption}</Text>}
      <SortChoice {...props} />
      <Stack component="ul" gap="sm" className="data-cards" aria-label={caption}>
        {rows.map((row) => (
          <Paper component="li" key={rowKey(row)} className="card" p="md">
            <dl>
              {columns.map(({ key, title, show }) => (
                <Cell key={key} title={title}>
                  {show(row)}
                </Cell>
              ))}
            </dl>
          </Paper>
        ))}
      </Stack>
    </Stack>
  )
}

function Cell({ title, children }: { readonly title: string; readonly children: ReactNode }) {
  return (
    <>
      <dt>{title}</dt>
      <dd>{children}</dd>
    </>
  )
}

function SortChoice<Row>({ columns, sorting, onSort }: ShapeProps<Row>) {
  const t = useTexts()
  const sortable = columns.filter(({ sortBy }) => sortBy)
  if (sortable.length === 0) return null
  const choices = sortable.flatMap(({ key, title }) => [
    { value: `${key} up`, label: `${title}, ${t('shared.table.ascending')}` },
    { value: `${key} down`, label: `${title}, ${t('shared.table.descending')}` },
  ])
  const choose = (value: string) => {
    const [key = '', way] = value.split(' ')
    onSort(key === '' ? undefined : { key, descending: way === 'down' })
  }
  return (
    <NativeSelect
      label={t('shared.table.sort')}
      value={sorting ? `${sorting.key} ${sorting.descending ? 'down' : 'up'}` : ''}
      data={[{ value: '', label: t('shared.table.unsorted') }, ...choices]}
      onChange={(event) => choose(event.currentTarget.value)}
    />
  )
}
