import { Failure } from '../../../connectors/failure.ts'
import { csvRows } from './csv-rows.ts'
import { excelRows } from './excel-rows.ts'
import type { ListRow } from './list-row.ts'

export const MOST_LIST_BYTES = 5 * 1024 ** 2

/**
 * The rows of a CSV or Excel file; which of the two it is shows in its first bytes, not in its name.
 * @throws business with the line and the remedy when it cannot be read
 */
export async function listRows(content: Buffer): Promise<ListRow[]> {
  if (content.length > MOST_LIST_BYTES) {
    const sentence = `The file is larger than ${MOST_LIST_BYTES / 1024 ** 2} MB: keep the columns of the robot and split the list.`
    throw new Failure('business', 'list-too-large', sentence)
  }
  return content.subarray(0, 2).toString('latin1') === 'PK' ? await excelRows(content) : csvRows(content)
}
