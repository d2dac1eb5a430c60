import { randomUUID } from 'node:crypto'
import type { ChaosItem } from './chaos-bot.ts'
import { openNaiveQueue, type NaiveServer } from './naive-queue.ts'
import type { Work } from './storm.ts'

export interface NaiveJob {
  readonly marker: string
  readonly item: ChaosItem
}

export interface NaiveWork extends Work, AsyncDisposable {
  /** All that were added. */
  jobs(): readonly NaiveJob[]
  failed(): Promise<number>
}

/** The naive twin's queue: there is nothing else to ask what became of a job. */
export async function openNaiveWork(server: NaiveServer): Promise<NaiveWork> {
  const queue = await openNaiveQueue(server)
  const jobs: NaiveJob[] = []
  return {
    async add(cases) {
      const added = cases.map((item) => ({ marker: `NT-${randomUUID()}`, item }))
      jobs.push(...added)
      await queue.add(added.map((data) => ({ id: data.marker, data })))
    },
    async ended() {
      const { completed, failed } = await queue.counts()
      return completed + failed
    },
    waits: () => Promise.resolve(false),
    holders: () => Promise.resolve(new Map()),
    jobs: () => jobs,
    failed: async () => (await queue.counts()).failed,
    [Symbol.asyncDispose]: () => queue.close(),
  }
}
