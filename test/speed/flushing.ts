import { open } from 'node:fs/promises'
import { join } from 'node:path'
import type { Contender } from './contest.ts'

/** About what one message takes in the log of PostgreSQL. */
const MESSAGE_BYTES = 2_000
const FILE_BYTES = 16 * 1024 * 1024

/**
 * What the disk allows: so many messages written and flushed, over and over, and nothing else. Nobody who answers after
 * a commit can be quicker than this.
 */
export function flushingContender(folder: string, atOnce: number, seconds: number): Contender {
  return {
    name: `the disk alone: a flush for every ${atOnce} messages`,
    measure: async () => {
      const bytes = Buffer.alloc(atOnce * MESSAGE_BYTES, 1)
      await using file = await open(join(folder, 'flushing'), 'w')
      // PostgreSQL too writes into files that were made before.
      await file.write(Buffer.alloc(FILE_BYTES), 0, FILE_BYTES, 0)
      await file.sync()
      const begin = performance.now()
      let flushes = 0
      for (; performance.now() - begin < seconds * 1000; flushes++) {
        await file.write(bytes, 0, bytes.length, (flushes * bytes.length) % (FILE_BYTES - bytes.length))
        await file.datasync()
      }
      const took = (performance.now() - begin) / 1000
      const remark = `a flush takes ${((took * 1000) / flushes).toFixed(2)} ms`
      return { perSecond: (flushes * atOnce) / took, remark }
    },
  }
}
