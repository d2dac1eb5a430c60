import { UnstyledButton } from '@mantine/core'
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
    <div className="scrolls">
      <table className="table data-table">
        <caption className={captionShown === true ? '' : 'visually-hidden'}>{caption}</caption>
        <thead>
          <tr>
            {columns.map((column) => (
              <Heading key={column.key} column={column} sorting={sorting} onSort={onSort} />
            ))}
          </tr>
        </thead>
        <tbody>
          {rows.map((row) => (
            <tr key={rowKey(row)}>
              {columns.map(({ key, show, align = 'start' }) => (
                <td key={key} data-align={align}>
                  {show(row)}
                </td>
              ))}
            </tr>
          ))}
        </tbody>
      </table>
    </div>
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
  if (title === '') return <td />
  if (!sortBy)
    return (
      <th scope="col" data-align={align}>
        {title}
      </th>
    )
  return (
    <th
      scope="col"
      data-align={align}
      aria-sort={now ? (now.descending ? 'descending' : 'ascending') : 'none'}
    >
      <UnstyledButton className="sort-button" onClick={() => onSort(nextSorting(key, sorting))}>
        {title}
        <span aria-hidden="true" className="sort-mark">
          {now ? (now.descending ? '\u00a0↓' : '\u00a0↑') : '\u00a0↕'}
        </span>
      </UnstyledButton>
    </th>
  )
}
