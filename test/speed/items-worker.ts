import { randomBytes } from 'node:crypto'
import { sql } from 'kysely'
import { z } from 'zod'
import { defineBot } from '../../bots/bot.ts'
import { silentLog } from '../../connectors/log.ts'
import { readConfig } from '../../orchestrator/config.ts'
import { addItems } from '../../orchestrator/ledger/items.ts'
import { openLedger } from '../../orchestrator/ledger/open-ledger.ts'
import { putDeployment, putHospital } from '../../orchestrator/ledger/setup.ts'
import type { LedgerDatabase } from '../../orchestrator/ledger/tables.ts'
import { openDoorbell } from '../../orchestrator/queue/open-doorbell.ts'
import { secretBox } from '../../orchestrator/secrets/secret-box.ts'
import { ringItems } from '../../orchestrator/work/ringing.ts'
import { systemClock } from '../../orchestrator/work/system-clock.ts'
import { startWorker } from '../../orchestrator/work/worker.ts'
import { AT_ONCE, askedSchema } from './items-asked.ts'

const DEPLOYMENT = 'speed-count'
/** Where the acts leave their mark: in memory, for the target's own time is not what is measured. */
const target = new Map<string, string>()

const bot = defineBot({
  name: 'count',
  title: { nl: 'Tellen', en: 'Counting' },
  purpose: { nl: 'Telt.', en: 'Counts.' },
  activity: 'reporting',
  variants: { plain: { nl: 'gewoon', en: 'plain' } },
  settings: z.object({}),
  systems: {},
  item: z.object({ number: z.string() }),
  reference: ({ number }) => number,
  async process({ number }, { act, marker }) {
    await act('count', {
      payload: { number },
      find: () => Promise.resolve(target.has(marker) ? [{ reference: marker, same: true }] : []),
      press: () => Promise.resolve(void target.set(marker, number)),
      confirm: () => Promise.resolve(marker),
    })
    return { variant: 'plain' }
  },
})

const fail = (error: Error) => {
  process.stderr.write(`${error.message}\n`)
  process.exit(1)
}

let batch = 0

/** Items from queued and rung for to done and credited, by the worker as the product composes it. */
async function work({ databaseUrl, items }: z.output<typeof askedSchema>): Promise<number> {
  const db = await openLedger({ url: databaseUrl, connections: AT_ONCE * 2 + 6, onError: fail })
  const doorbell = await openDoorbell({ databaseUrl, onError: fail })
  await putToWork(db)
  const prefix = `B${++batch}-${randomBytes(3).toString('hex')}`
  await queue(db, doorbell, prefix, items)
  const began = performance.now()
  const worker = await startWorker({
    ...{ db, doorbell, bots: new Map([[bot.name, bot]]), log: silentLog, clock: systemClock },
    opener: { open: () => Promise.reject(new Error('It has no systems.')), close: () => Promise.resolve() },
    secrets: secretBox(Buffer.alloc(32, 7)),
    timing: readConfig({}),
    concurrency: AT_ONCE,
  })
  await allDone(db, prefix, items)
  const seconds = (performance.now() - began) / 1000
  await worker.close()
  await doorbell.close()
  await db.destroy()
  return items / seconds
}

async function putToWork(db: LedgerDatabase): Promise<void> {
  await putHospital(db, { id: 'speed', name: 'Speed', norms: [] })
  await putDeployment(db, {
    ...{ id: DEPLOYMENT, hospital: 'speed', bot: bot.name, mode: 'live', settings: {}, systems: {} },
    ...{ responsible: 'speed', outsideSeconds: 0, parkedShare: 0, triggers: [], baselines: [] },
  })
}

async function queue(
  db: LedgerDatabase,
  doorbell: Awaited<ReturnType<typeof openDoorbell>>,
  prefix: string,
  items: number,
): Promise<void> {
  const numbers = Array.from({ length: items }, (_, n) => `${prefix}-${n}`)
  const drafts = numbers.map((number) => ({ reference: number, caseReference: number, data: { number } }))
  const { queued } = await addItems(db, { hospital: 'speed', deployment: DEPLOYMENT, run: null }, drafts)
  await ringItems(doorbell, queued)
}

const LOOK_MS = 20

async function allDone(db: LedgerDatabase, prefix: string, items: number): Promise<void> {
  for (;;) {
    const { rows } = await sql<{ done: number }>`
      SELECT count(*)::int AS done FROM item
      WHERE deployment = ${DEPLOYMENT} AND state = 'done' AND reference LIKE ${`${prefix}-%`}`.execute(db)
    if (rows[0]?.done === items) return
    await systemClock.wait(LOOK_MS, new AbortController().signal)
  }
}

process.on('disconnect', () => process.exit())
process.on('message', async (question) => {
  process.send?.({ perSecond: await work(askedSchema.parse(question)) })
})
