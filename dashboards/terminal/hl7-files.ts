import { readFile } from 'node:fs/promises'
import { Failure } from '../../connectors/failure.ts'
import { splitMessages } from '../../connectors/hl7/split.ts'

/** One message of a file, or a stretch of it that is none. */
export interface FiledMessage {
  readonly file: string
  /** From 1, in the file. */
  readonly number: number
  readonly bytes: Buffer
  /** False for what stands in a file where a message should. */
  readonly isMessage: boolean
}

/**
 * The messages of files, in order; lines of a batch envelope are left out.
 * @throws business when a file cannot be read
 */
export async function readMessageFiles(files: readonly string[]): Promise<FiledMessage[]> {
  const all = await Promise.all(files.map(async (file) => messagesOf(file, await read(file))))
  return all.flat()
}

async function read(file: string): Promise<Buffer> {
  try {
    return await readFile(file)
  } catch (error) {
    throw new Failure(
      'business',
      'file-unreadable',
      `The file ${file} cannot be read: check its name and its rights.`,
      {
        cause: error,
      },
    )
  }
}

function messagesOf(file: string, bytes: Buffer): FiledMessage[] {
  const { messages, stray } = splitMessages(bytes)
  const parts = [
    ...messages.map((range) => ({ range, isMessage: true })),
    ...stray.map((range) => ({ range, isMessage: false })),
  ].toSorted((a, b) => a.range.start - b.range.start)
  if (parts.length === 0) return [{ file, number: 1, bytes, isMessage: false }]
  return parts.map(({ range, isMessage }, at) => ({
    file,
    number: at + 1,
    bytes: bytes.subarray(range.start, range.end),
    isMessage,
  }))
}
