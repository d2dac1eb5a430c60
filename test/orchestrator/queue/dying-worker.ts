/** A worker that takes one bell, says so, and never finishes: made to be killed. Its settings come in its environment. */
import { openDoorbell } from '../../../orchestrator/queue/open-doorbell.ts'

const { DATABASE_URL = '', REDIS_URL, BELLS = '', LOCK_MS, STALLED_CHECK_MS } = process.env
const onError = (error: Error): void => {
  process.stderr.write(`${error.message}\n`)
}

const doorbell = await openDoorbell({
  databaseUrl: DATABASE_URL,
  redisUrl: REDIS_URL,
  name: BELLS,
  lockMs: Number(LOCK_MS),
  stalledCheckMs: Number(STALLED_CHECK_MS),
  onError,
})
const takeAndKeep = (): Promise<void> => {
  process.stdout.write('taken\n')
  return new Promise(() => undefined)
}
await doorbell.answer(takeAndKeep, { concurrency: 1, onError })
