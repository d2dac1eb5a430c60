/** What a spreadsheet takes for the beginning of a formula, also in full width and behind blanks that it skips. */
const FORMULA = /^[\s\u200B-\u200F\u202A-\u202E\u2066-\u2069\uFEFF]*[=+\-@\uFF1D\uFF0B\uFF0D\uFF20|%]/

/** Signs that are no text: they break a file, or turn what follows around. Tabs and line ends are kept. */
const NO_TEXT =
  /[\0-\u0008\u000B\u000C\u000E-\u001F\u007F-\u009F\u200B-\u200F\u202A-\u202E\u2066-\u2069\uFEFF\uFFFE\uFFFF]/g

/** Text as a cell may hold it: without signs that are none. Never longer than Excel takes. */
export function cellText(text: string): string {
  return text.toWellFormed().replaceAll(NO_TEXT, '').slice(0, MOST_IN_CELL)
}

const MOST_IN_CELL = 32_000

/** The same in a CSV file, where a cell has no type: what looks like a formula gets an apostrophe and stays text. */
export function csvText(text: string): string {
  const clean = cellText(text)
  const safe = FORMULA.test(text) || FORMULA.test(clean) || /^[\t\r\n]/.test(clean) ? `'${clean}` : clean
  return /[";,\t\r\n]/.test(safe) ? `"${safe.replaceAll('"', '""')}"` : safe
}
