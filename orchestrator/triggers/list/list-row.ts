/** A row of a list that somebody offers; the first one holds the names of the columns. */
export interface ListRow {
  /** As the program that the list was made with counts: a line of a CSV file, a row of a sheet; from 1. */
  readonly number: number
  readonly cells: readonly string[]
}
