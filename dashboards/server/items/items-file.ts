import writeXlsxFile from 'write-excel-file/node'
import type { FoundItem } from '../../../orchestrator/ledger/item-search.ts'
import type { FileAnswer } from '../route.ts'
import { cellText, csvText } from '../../../connectors/spreadsheet-text.ts'

const COLUMNS: Readonly<Record<string, (item: FoundItem) => string>> = {
  id: ({ id }) => id,
  deployment: ({ deployment }) => deployment,
  bot: ({ bot }) => bot,
  reference: ({ reference }) => reference,
  state: ({ state }) => state,
  parkedKind: ({ parkedKind }) => parkedKind ?? '',
  code: ({ code }) => code ?? '',
  sentence: ({ sentence }) => sentence ?? '',
  variant: ({ variant }) => variant ?? '',
  outcome: ({ outcome }) => outcome ?? '',
  attempt: ({ attempt }) => String(attempt),
  arrivedAt: ({ arrivedAt }) => arrivedAt.toISOString(),
  finishedAt: ({ finishedAt }) => finishedAt?.toISOString() ?? '',
  reportedBy: ({ reportedBy }) => reportedBy ?? '',
}

/** A byte order mark: without it Excel takes UTF-8 for something else. */
const MARK = '\uFEFF'

/** Items as a file for a spreadsheet, references whole. Semicolons, as Dutch Excel expects; times in UTC. */
export async function itemsFile(items: readonly FoundItem[], as: 'csv' | 'xlsx'): Promise<FileAnswer> {
  const rows = [
    Object.keys(COLUMNS),
    ...items.map((item) => Object.values(COLUMNS).map((cell) => cell(item))),
  ]
  if (as === 'csv') {
    const text = rows.map((cells) => `${cells.map(csvText).join(';')}\r\n`).join('')
    return {
      name: 'werkitems.csv',
      mediaType: 'text/csv; charset=utf-8',
      bytes: Buffer.from(`${MARK}${text}`),
    }
  }
  const sheet = rows.map((cells) => cells.map((cell) => ({ value: cellText(cell), type: String })))
  const mediaType = 'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet'
  return { name: 'werkitems.xlsx', mediaType, bytes: await writeXlsxFile(sheet).toBuffer() }
}
