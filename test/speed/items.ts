import type { Contest } from './contest.ts'
import { AT_ONCE, workedSchema } from './items-asked.ts'
import { startProcess } from './own-process.ts'
import { startOwnDatabase } from './own-database.ts'
import type { Subject } from './speed.ts'

/** How many are done in one turn. */
const ITEMS = 2_000

const OURS = 'ontregel: items with one act, claimed to credited'
const BULLMQ = 'BullMQ: jobs that do nothing'

const WHEN_SHORT =
  'an item waits for three flushes to the disk, one after the other (claim, arm, finish with its credit), where a job waits for one, and goes through the same queue'

/**
 * Items through the whole protocol, without a browser, beside jobs that do nothing on the same queue in the same
 * PostgreSQL; each in a process of its own. Making the items or jobs is not counted.
 */
export async function openItemContests(): Promise<Subject> {
  const stack = new AsyncDisposableStack()
  const { url } = stack.use(await startOwnDatabase())
  const programs = { [OURS]: 'items-worker.ts', [BULLMQ]: 'items-queue.ts' }
  const contenders = Object.entries(programs).map(([name, program]) => {
    const own = stack.use(startProcess(program))
    const question = { databaseUrl: url, items: ITEMS }
    return { name, measure: async () => workedSchema.parse(await own.ask(question)) }
  })
  const contest: Contest = {
    title: `${ITEMS} items, ${AT_ONCE} at the same time`,
    contenders,
    targets: [{ of: OURS, than: BULLMQ, times: 0.5, whenShort: WHEN_SHORT }],
  }
  return { contests: [contest], [Symbol.asyncDispose]: () => stack.disposeAsync() }
}
