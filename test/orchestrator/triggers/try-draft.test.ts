import { randomBytes } from 'node:crypto'
import { expect, test, vi } from 'vitest'
import { silentLog } from '../../../connectors/log.ts'
import { findDraft, saveDraft } from '../../../orchestrator/ledger/drafts.ts'
import { readPlan } from '../../../orchestrator/ledger/read-plan.ts'
import { readTrial } from '../../../orchestrator/ledger/read-trial.ts'
import { openDoorbell } from '../../../orchestrator/queue/open-doorbell.ts'
import { secretBox } from '../../../orchestrator/secrets/secret-box.ts'
import { tryDraft, type Trial } from '../../../orchestrator/triggers/try-draft.ts'
import { putToWork } from '../../../orchestrator/work/put-to-work.ts'
import { systemClock } from '../../../orchestrator/work/system-clock.ts'
import { startWorker } from '../../../orchestrator/work/worker.ts'
import { openBench, timing, type Bench } from '../work/bench.ts'
import { SAVING_PLAN, savingBot, type Cases } from '../work/planned-bench.ts'

const ada = { hospital: 'oost', account: 'ada' }
const ID = 'oost-saving'

/** A worker on the bench's ledger, and all that trying a draft needs. */
async function openTrial(bench: Bench, cases: Cases): Promise<Trial & AsyncDisposable> {
  const { db, url } = bench
  const doorbell = await openDoorbell({ databaseUrl: url, schema: 'bullmq', onError: () => undefined })
  const bot = savingBot(cases)
  const bots = new Map([[bot.name, bot]])
  const opener = { open: () => Promise.reject(new Error('No systems.')), close: () => Promise.resolve() }
  const secrets = secretBox(randomBytes(32))
  const parts = {
    db,
    doorbell,
    bots,
    opener,
    secrets,
    timing,
    clock: systemClock,
    concurrency: 2,
    log: silentLog,
  }
  const worker = await startWorker(parts)
  await saveDraft(db, ada, ID, SAVING_PLAN)
  return {
    ...{ db, doorbell, bots, isAccount: undefined, today: '2026-11-21' },
    async [Symbol.asyncDispose]() {
      await worker.close()
      await doorbell.close()
    },
  }
}

async function trialOf(bench: Bench) {
  const draft = await findDraft(bench.db, 'oost', ID)
  return draft && (await readTrial(bench.db, draft))
}

const tried = (bench: Bench) =>
  vi.waitFor(
    async () => {
      const trial = await trialOf(bench)
      expect(trial?.item?.state).toBe('done')
      return trial?.item
    },
    { timeout: 20_000, interval: 50 },
  )

test('a draft is tried on one item, shows what would have been pressed, and nothing is pressed or fires by itself', async () => {
  await using bench = await openBench()
  const cases: Cases = { references: ['A', 'B', 'C'], pressed: [] }
  await using trial = await openTrial(bench, cases)
  await tryDraft(trial, ada, ID)
  const item = await tried(bench)
  expect(item).toMatchObject({
    reference: 'A',
    variant: 'plain',
    steps: [{ name: 'look at it', failed: false }],
    acts: [
      { name: 'save', how: 'shadow', payload: { reference: 'A', patient: 'J. de Vries', place: 'cupboard' } },
    ],
  })
  expect(cases.pressed).toEqual([])
  expect(await bench.db.selectFrom('item').select('reference').execute()).toEqual([{ reference: 'A' }])
  expect(await readPlan(bench.db, 'oost', ID)).toMatchObject({
    mode: 'shadow',
    plan: { triggers: [], baselines: [] },
  })
})

test('tried again it takes the next case; once live that one is not pressed, and a new one is', async () => {
  await using bench = await openBench()
  const cases: Cases = { references: ['A', 'B'], pressed: [] }
  await using trial = await openTrial(bench, cases)
  await tryDraft(trial, ada, ID)
  await tried(bench)
  await tryDraft(trial, ada, ID)
  await vi.waitFor(async () => expect((await trialOf(bench))?.item?.reference).toBe('B'), { timeout: 20_000 })
  await tried(bench)
  cases.references.push('C')
  await putToWork(bench.db, ada, { deployment: ID, mode: 'live' }, trial)
  await trial.doorbell.ring([{ kind: 'run', id: await runOf(bench), turn: '0' }])
  await vi.waitFor(() => expect(cases.pressed).toEqual(['C']), { timeout: 20_000 })
})

async function runOf(bench: Bench): Promise<string> {
  const run = { hospital: 'oost', deployment: ID, kind: 'by-hand' as const, state: 'waiting' as const }
  return (await bench.db.insertInto('run').values(run).returning('id').executeTakeFirstOrThrow()).id
}

test('an item can be given; one that cannot be read, or was had before, is refused with the reason', async () => {
  await using bench = await openBench()
  await using trial = await openTrial(bench, { references: [], pressed: [] })
  await expect(tryDraft(trial, ada, ID, { reference: '' })).rejects.toThrow(/Field reference/)
  expect(await bench.db.selectFrom('item').selectAll().execute()).toEqual([])
  await tryDraft(trial, ada, ID, { reference: 'X', patient: 'P' })
  expect((await tried(bench))?.reference).toBe('X')
  await expect(tryDraft(trial, ada, ID, { reference: 'X', patient: 'P' })).rejects.toThrow(
    /had this case before/,
  )
})

test('a live deployment is not tried, and neither is a draft that is not right', async () => {
  await using bench = await openBench()
  await using trial = await openTrial(bench, { references: [], pressed: [] })
  await putToWork(bench.db, ada, { deployment: ID, mode: 'live' }, trial)
  await saveDraft(bench.db, ada, ID, { ...SAVING_PLAN, outsideSeconds: 1 })
  await expect(tryDraft(trial, ada, ID)).rejects.toThrow(/is live/)
  expect((await readPlan(bench.db, 'oost', ID))?.mode).toBe('live')
  await saveDraft(bench.db, ada, 'oost-other', { ...SAVING_PLAN, settings: {} })
  await expect(tryDraft(trial, ada, 'oost-other')).rejects.toThrow(/Field settings.place/)
  await expect(tryDraft(trial, ada, 'oost-gone')).rejects.toThrow(/no draft/)
})
