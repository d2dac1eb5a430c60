import { closeSync, ftruncateSync, openSync, readFileSync, writeSync } from 'node:fs'

/** A file of JSON lines that only grows; what was appended is there after a kill -9. */
export interface Journal {
  /** In one write: after a kill either all are there or none. */
  append(...entries: readonly unknown[]): void
  /** Calls `apply` for every entry that was in the file when it was opened. */
  replay(apply: (entry: unknown) => void): void
  close(): void
}

/** Opens or creates the file; a last line that was only half written is cut off. */
export function openJournal(file: string): Journal {
  const descriptor = openSync(file, 'a+')
  const bytes = readFileSync(file)
  const whole = bytes.lastIndexOf(0x0a) + 1
  if (whole < bytes.length) ftruncateSync(descriptor, whole)
  const lines = bytes.subarray(0, whole).toString('utf8').split('\n').filter(Boolean)
  return {
    append: (...entries) => {
      if (entries.length > 0)
        writeSync(descriptor, entries.map((entry) => `${JSON.stringify(entry)}\n`).join(''))
    },
    replay: (apply) => lines.splice(0).forEach((line) => apply(JSON.parse(line))),
    close: () => closeSync(descriptor),
  }
}
