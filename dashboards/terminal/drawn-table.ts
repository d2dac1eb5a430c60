import Table from 'cli-table3'

/** A column: its heading, how it lines up, and whether long text in it is broken over lines. */
export interface Column {
  readonly head: string
  readonly align?: 'left' | 'right'
  /** At most one of a table: takes the room that the others leave. */
  readonly wraps?: boolean
}

const LEAST_WRAPPED = 24
/** Padding at both sides of a cell and the line after it. */
const AROUND_CELL = 3

/** Draws rows as a table that fits within the width, as long as the columns that do not wrap leave enough room. */
export function drawnTable(
  columns: readonly Column[],
  rows: readonly (readonly string[])[],
  width: number,
): string {
  const longest = columns.map(({ head }, place) =>
    Math.max(head.length, ...rows.map((row) => row[place]?.length ?? 0)),
  )
  const others = longest.filter((_, place) => !columns[place]?.wraps)
  const taken = others.reduce((sum, size) => sum + size + AROUND_CELL, 1)
  const room = Math.max(LEAST_WRAPPED, width - taken - AROUND_CELL)
  const sizes = longest.map((size, place) => (columns[place]?.wraps ? Math.min(size, room) : size))
  const table = new Table({
    head: columns.map(({ head }) => head),
    colAligns: columns.map(({ align }) => align ?? 'left'),
    colWidths: sizes.map((size) => size + 2),
    wordWrap: true,
    style: { head: [], border: [], compact: true },
  })
  table.push(...rows.map((row) => [...row]))
  return table.toString()
}
