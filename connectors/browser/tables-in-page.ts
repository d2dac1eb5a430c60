/** These run inside the page and are sent there as text, so each may use nothing from outside itself. */

/** The rows of each table as header and text. */
export function propertiesIn(tables: Element[]): (readonly [header: string, text: string])[][] {
  const plain = (cell: Element | null | undefined) => (cell?.textContent ?? '').replace(/\s+/g, ' ').trim()
  return tables.map((table) =>
    [...table.querySelectorAll('tr')].map(
      (row) => [plain(row.querySelector('th')), plain(row.querySelector('td'))] as const,
    ),
  )
}

/** The column headers and rows of each table; a row with where its first link leads. */
export function listsIn(tables: Element[]) {
  const texts = (cells: Iterable<Element>) =>
    [...cells].map((cell) => (cell.textContent ?? '').replace(/\s+/g, ' ').trim())
  return tables.map((table) => ({
    headers: texts(table.querySelectorAll('thead th')),
    rows: [...table.querySelectorAll('tbody tr')].map((row) => ({
      cells: texts(row.querySelectorAll('td')),
      href: row.querySelector('a')?.href,
    })),
  }))
}

/** The labels of the controls among these that are shown and empty. */
export function requiredAndEmpty(elements: Element[]): string[] {
  const controls = elements.filter((element) => 'value' in element && 'labels' in element)
  return controls
    .filter(
      (control) => control.checkVisibility() && 'value' in control && String(control.value).trim() === '',
    )
    .map((control) => {
      const labels = 'labels' in control && control.labels instanceof NodeList ? [...control.labels] : []
      return labels[0]?.textContent?.trim() ?? control.ariaLabel ?? 'a field without a label'
    })
}
