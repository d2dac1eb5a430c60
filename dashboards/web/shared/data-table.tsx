import { Box, Button, Center, Stack } from '@mantine/core'
import { useMediaQuery } from '@mantine/hooks'
import { useState, type ReactNode } from 'react'
import { DataCards } from './data-cards.tsx'
import { DataRows } from './data-rows.tsx'
import { EmptyState } from './empty-state.tsx'
import { sortRows, type Sorting } from './sort-rows.ts'
import { useTexts } from './use-texts.ts'

/** One column: its heading, what a row shows in it, and by what it sorts when it can. */
export interface Column<Row> {
  /** Unique in the table. */
  readonly key: string
  /** Empty for a column of ticks, whose fields have names of their own. */
  readonly title: string
  readonly show: (row: Row) => ReactNode
  /** Makes the heading a button; of what is loaded, not of what the server still has. */
  readonly sortBy?: (row: Row) => string | number | null
  /** Figures stand at the end, so that they line up. */
  readonly align?: 'start' | 'end'
}

export interface DataTableProps<Row> {
  /** What the table is, for screen readers; also shown when `captionShown`. */
  readonly caption: string
  readonly captionShown?: boolean
  readonly columns: readonly Column<Row>[]
  readonly rows: readonly Row[]
  readonly rowKey: (row: Row) => string
  /** Shown instead of a table without rows; a plain sentence otherwise. */
  readonly empty?: ReactNode
  /** Of `useAskPages`. */
  readonly more?: { readonly there: boolean; readonly busy: boolean; readonly fetch: () => void }
  /** What was sorted by at first. */
  readonly sorted?: Sorting
}

/** Narrower than this, rows become cards. */
const NARROW = '(max-width: 47.99em)'

/** A table that sorts, that becomes cards on a narrow screen, and that says so when there is nothing. Put it in `Asked`. */
export function DataTable<Row>(props: DataTableProps<Row>) {
  const { rows, columns, more, empty } = props
  const t = useTexts()
  const narrow = useMediaQuery(NARROW, false, { getInitialValueInEffect: false })
  const [sorting, setSorting] = useState<Sorting | undefined>(props.sorted)
  if (rows.length === 0) return empty ?? <EmptyState title={t('shared.table.empty')} />
  const sortedRows = sortRows(rows, columns, sorting)
  const Shape = narrow ? DataCards : DataRows
  return (
    <Stack gap="sm">
      <Box>
        <Shape {...props} rows={sortedRows} sorting={sorting} onSort={setSorting} />
      </Box>
      {more?.there === true && (
        <Center>
          <Button variant="default" loading={more.busy} onClick={more.fetch}>
            {t('shared.table.more')}
          </Button>
        </Center>
      )}
    </Stack>
  )
}
