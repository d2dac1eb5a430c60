import { expect, test } from 'vitest'
import { readChanges } from '../../../orchestrator/ledger/changes.ts'
import { putClosingDay, readClosingDays } from '../../../orchestrator/ledger/closing-days.ts'
import { findDraft, saveDraft } from '../../../orchestrator/ledger/drafts.ts'
import { readPlan } from '../../../orchestrator/ledger/read-plan.ts'
import { findSystem, readSystems, saveSystem } from '../../../orchestrator/ledger/system-records.ts'
import { holdSystem, releaseSystem, resetCircuit } from '../../../orchestrator/ledger/system-state.ts'
import { putToWork, setFourEyes, turnDown, wantsFourEyes } from '../../../orchestrator/work/put-to-work.ts'
import { hasWayBack, undoChange } from '../../../orchestrator/work/undo-change.ts'
import { openBench, type Bench } from './bench.ts'
import { SAVING_PLAN, savingBot } from './planned-bench.ts'

const ada = { hospital: 'oost', account: 'ada' }
const bob = { hospital: 'oost', account: 'bob' }
const bot = savingBot({ references: [], pressed: [] })
const work = { bots: new Map([[bot.name, bot]]), isAccount: undefined, today: '2026-11-21' }
const ID = 'oost-saving'
const EPD = {
  hospital: 'oost',
  id: 'epd',
  kind: 'web' as const,
  address: 'https://epd.example/',
  seats: 2,
  settings: {},
}

async function put(bench: Bench, mode: 'shadow' | 'live', change = {}) {
  await saveDraft(bench.db, ada, ID, { ...SAVING_PLAN, ...change })
  await putToWork(bench.db, ada, { deployment: ID, mode }, work)
}
async function newest(bench: Bench) {
  const [change] = await readChanges(bench.db, { hospital: 'oost', limit: 1 })
  if (!change) throw new Error('Nothing was changed.')
  return change
}
const undo = async (bench: Bench, by = bob) => await undoChange(bench.db, by, (await newest(bench)).id, work)

test('what a deployment was comes back, and that is a change which names the one it takes back', async () => {
  await using bench = await openBench()
  await put(bench, 'shadow')
  const before = await readPlan(bench.db, 'oost', ID)
  await put(bench, 'live', { settings: { place: 'attic' }, triggers: [], outsideSeconds: 7 })
  const change = await newest(bench)
  expect(await undo(bench)).toBe('done')
  expect(await readPlan(bench.db, 'oost', ID)).toEqual(before)
  expect(await newest(bench)).toMatchObject({
    account: 'bob',
    undoes: change.id,
    before: change.after,
    after: change.before,
  })
  expect(await undo(bench)).toBe('done')
  expect((await readPlan(bench.db, 'oost', ID))?.mode).toBe('live')
})

test('a deployment that was not there is turned off, for it has a history', async () => {
  await using bench = await openBench()
  await put(bench, 'live')
  await undo(bench)
  expect((await readPlan(bench.db, 'oost', ID))?.mode).toBe('off')
})

test('a way back to live takes a second account where the hospital wants four eyes', async () => {
  await using bench = await openBench()
  await put(bench, 'live')
  await setFourEyes(bench.db, ada, true)
  await turnDown(bench.db, ada, { deployment: ID, mode: 'off' })
  expect(await undo(bench, ada)).toBe('asked')
  expect((await readPlan(bench.db, 'oost', ID))?.mode).toBe('off')
  expect((await findDraft(bench.db, 'oost', ID))?.askedBy).toBe('ada')
  const live = { deployment: ID, mode: 'live' as const }
  await expect(putToWork(bench.db, ada, live, work)).rejects.toThrow(/another account/)
  await putToWork(bench.db, bob, live, work)
  expect((await readPlan(bench.db, 'oost', ID))?.mode).toBe('live')
})

test('what a plan leads back to must still be possible', async () => {
  await using bench = await openBench()
  await put(bench, 'live')
  await put(bench, 'live', { outsideSeconds: 7 })
  const { id } = await newest(bench)
  const without = { bots: new Map(), isAccount: undefined, today: '2026-11-21' }
  await expect(undoChange(bench.db, bob, id, without)).rejects.toThrow(/not in this version/)
})

test('systems, holds, closing days and four eyes go back to what they were', async () => {
  await using bench = await openBench()
  const { db } = bench
  await saveSystem(db, ada, EPD)
  await saveSystem(db, ada, { ...EPD, seats: 5, settings: { language: 'nl' } })
  await undo(bench)
  expect(await findSystem(db, 'oost', 'epd')).toMatchObject({ seats: 2, settings: {} })

  const until = new Date('2027-01-01T12:00:00Z')
  await holdSystem(db, ada, 'epd', { reason: 'Onderhoud', until })
  await releaseSystem(db, ada, 'epd')
  await undo(bench)
  expect(await findSystem(db, 'oost', 'epd')).toMatchObject({ heldReason: 'Onderhoud', heldUntil: until })

  await putClosingDay(db, ada, { day: '2026-12-24', name: 'Brugdag' })
  await undo(bench)
  expect(await readClosingDays(db, 'oost')).toEqual([])
  await undo(bench)
  expect(await readClosingDays(db, 'oost')).toEqual([{ day: '2026-12-24', name: 'Brugdag' }])

  await setFourEyes(db, ada, true)
  await undo(bench)
  expect(await wantsFourEyes(db, 'oost')).toBe(false)

  await saveSystem(db, ada, { ...EPD, id: 'new' })
  await undo(bench)
  expect((await readSystems(db, 'oost')).map(({ id }) => id)).toEqual(['epd'])
})

test('there is no way back from what cannot be undone, nor to what is another hospital’s', async () => {
  await using bench = await openBench()
  await saveSystem(bench.db, ada, EPD)
  const { id } = await newest(bench)
  await expect(undoChange(bench.db, { hospital: 'west', account: 'wim' }, id, work)).rejects.toThrow(
    /no change/,
  )
  await bench.db.updateTable('system').set({ failures: 4 }).execute()
  await resetCircuit(bench.db, ada, 'epd')
  expect((await findSystem(bench.db, 'oost', 'epd')).failures).toBe(0)
  await expect(undo(bench)).rejects.toThrow(/cannot be taken back/)
  expect([hasWayBack('system'), hasWayBack('credentials'), hasWayBack('toString')]).toEqual([
    true,
    false,
    false,
  ])
})
