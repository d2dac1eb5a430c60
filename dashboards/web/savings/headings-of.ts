/** A heading for each row; of those that read the same, the second and later ones with their number. */
export function headingsOf<Row>(rows: readonly Row[], called: (row: Row) => string): string[] {
  const titles = rows.map(called)
  return titles.map((title, place) => {
    const nth = titles.slice(0, place + 1).filter((other) => other === title).length
    return nth > 1 ? `${title} (${nth})` : title
  })
}
