/** By which column, and which way. */
export interface Sorting {
  readonly key: string
  readonly descending: boolean
}

interface Sortable<Row> {
  readonly key: string
  readonly sortBy?: (row: Row) => string | number | null
}

const collator = new Intl.Collator('nl', { numeric: true })

/** Rows in the order that was asked for; what has no value stands last either way. Equal ones keep their order. */
export function sortRows<Row>(
  rows: readonly Row[],
  columns: readonly Sortable<Row>[],
  sorting: Sorting | undefined,
): readonly Row[] {
  const sortBy = columns.find(({ key }) => key === sorting?.key)?.sortBy
  if (!sorting || !sortBy) return rows
  const direction = sorting.descending ? -1 : 1
  return rows.toSorted((one, other) => {
    const [a, b] = [sortBy(one), sortBy(other)]
    if (a === null || b === null) return Number(a === null) - Number(b === null)
    return (
      direction *
      (typeof a === 'number' && typeof b === 'number' ? a - b : collator.compare(String(a), String(b)))
    )
  })
}

/** What a press on a heading does: ascending first, then descending, then as it came. */
export function nextSorting(key: string, now: Sorting | undefined): Sorting | undefined {
  if (now?.key !== key) return { key, descending: false }
  return now.descending ? undefined : { key, descending: true }
}
