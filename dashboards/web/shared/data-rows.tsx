import { Table, Text, UnstyledButton } from '@mantine/core'
import type { Column, DataTableProps } from './data-table.tsx'
import { nextSorting, type Sorting } from './sort-rows.ts'

export interface ShapeProps<Row> extends DataTableProps<Row> {
  readonly sorting: Sorting | undefined
  readonly onSort: (sorting: Sorting | undefined) => void
}

/** The rows as a table, for a wide screen. */
export function DataRows<Row>({
  caption,
  captionShown,
  columns,
  rows,
  rowKey,
  sorting,
  onSort,
}: ShapeProps<Row>) {
  return (
    <Table.ScrollContainer minWidth={0} type="native">
      <Table className="data-table" verticalSpacing="sm" highlightOnHover captionSide="top">
        <Table.Caption className={captionShown === true ? '' : 'visually-hidden'}>{caption}</Table.Caption>
        <Table.Thead>
          <Table.Tr>
            {columns.map((column) => (
              <Heading key={column.key} column={column} sorting={sorting} onSort={onSort} />
            ))}
          </Table.Tr>
        </Table.Thead>
        <Table.Tbody>
          {rows.map((row) => (
            <Table.Tr key={rowKey(row)}>
              {columns.map(({ key, show, align = 'start' }) => (
                <Table.Td key={key} ta={align}>
                  {show(row)}
                </Table.Td>
              ))}
            </Table.Tr>
          ))}
        </Table.Tbody>
      </Table>
    </Table.ScrollContainer>
  )
}

interface HeadingProps<Row> {
  readonly column: Column<Row>
  readonly sorting: Sorting | undefined
  readonly onSort: (sorting: Sorting | undefined) => void
}

function Heading<Row>({
  column: { key, title, sortBy, align = 'start' },
  sorting,
  onSort,
}: HeadingProps<Row>) {
  const now = sorting?.key === key ? sorting : undefined
  // Of ticks and the like: a heading without words is none.
  if (title === '') return <Table.Td />
  if (!sortBy)
    return (
      <Table.Th scope="col" ta={align}>
        {title}
      </Table.Th>
    )
  return (
    <Table.Th scope="col" ta={align} aria-sort={now ? (now.descending ? 'descending' : 'ascending') : 'none'}>
      <UnstyledButton className="sort-button" onClick={() => onSort(nextSorting(key, sorting))}>
        {title}
        <Text component="span" inherit aria-hidden="true" className="sort-mark">
          {now ? (now.descending ? ' ↓' : ' ↑') : ' ↕'}
        </Text>
      </UnstyledButton>
    </Table.Th>
  )
}
