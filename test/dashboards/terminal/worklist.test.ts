import { writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { describe, expect, test } from 'vitest'
import { handleItem } from '../../../dashboards/terminal/worklist.ts'
import { claimItem } from '../../../orchestrator/ledger/items.ts'
import { parkItem } from '../../../orchestrator/ledger/parking.ts'
import { readItemHistory, type ItemHistory } from '../../../orchestrator/ledger/reading.ts'
import { openDoorbell } from '../../../orchestrator/queue/open-doorbell.ts'
import { armedAct, parkedItem } from '../../orchestrator/ledger/parked-item.ts'
import { openBench, testBot, WORKER, type Bench } from '../../orchestrator/work/bench.ts'
import { openCommandLine } from './run-cli.ts'

const BY = { account: 'jdv01', minutes: 4 }
const bots = new Map([['test-bot', testBot(() => Promise.resolve())]])

async function parked(bench: Bench, reference: string): Promise<ItemHistory> {
  const id = await bench.addItem(reference)
  const row = await claimItem(bench.db, id, WORKER, 60)
  const hold = { item: id, fence: row?.fence ?? 0, worker: WORKER }
  await parkItem(bench.db, hold, { kind: 'business', code: 'odd', sentence: 'It is odd: decide.' }, [])
  const item = await readItemHistory(bench.db, id)
  if (!item) throw new Error('The item was not kept.')
  return item
}

/** A person at a terminal, with a file for the corrected item. */
async function openWorklist() {
  const bench = await openBench()
  const doorbell = await openDoorbell({ databaseUrl: bench.url, onError: () => undefined })
  const line = await openCommandLine()
  const data = join(line.home, 'item.json')
  return {
    bench,
    worklist: { db: bench.db, doorbell, bots },
    doorbell,
    write: async (content: string) => (await writeFile(data, content), { ...BY, data }),
    async [Symbol.asyncDispose]() {
      await line[Symbol.asyncDispose]()
      await doorbell.close()
      await bench[Symbol.asyncDispose]()
    },
  }
}

describe('giving an item back', () => {
  test('queues the corrected item, counts the time it took, and rings', async () => {
    await using at = await openWorklist()
    const item = await parked(at.bench, 'R-1')
    const options = await at.write('{ "reference": "R-1", "value": "corrected" }')
    await handleItem(at.worklist, item, 'give-back', options)
    const row = await at.bench.db
      .selectFrom('item')
      .selectAll()
      .where('id', '=', item.id)
      .executeTakeFirstOrThrow()
    expect(row).toMatchObject({ state: 'queued', data: { reference: 'R-1', value: 'corrected' }, attempt: 0 })
    const history = await readItemHistory(at.bench.db, item.id)
    expect(history?.events.at(-1)).toMatchObject({ kind: 'given-back', detail: { humanSeconds: 240 } })
    expect(await at.doorbell.counts()).toMatchObject({ waiting: 1 })
  })

  test.each([
    ['what the bot cannot read', '{ "reference": "R-1" }', 'Field value'],
    ['another case', '{ "reference": "R-2", "value": "x" }', 'another case'],
    ['no JSON, without quoting it', 'Geheim', 'is no JSON'],
  ])('refuses %s', async (_, content, sentence) => {
    await using at = await openWorklist()
    const item = await parked(at.bench, 'R-1')
    const refused = handleItem(at.worklist, item, 'give-back', await at.write(content))
    await expect(refused).rejects.toThrow(sentence)
    await expect(refused).rejects.not.toThrow('Geheim')
    expect(await readItemHistory(at.bench.db, item.id)).toMatchObject({ state: 'parked' })
  })

  test('an item that could not be read becomes the case it is, unless that is there already', async () => {
    await using at = await openWorklist()
    const item = await parked(at.bench, 'unreadable-0123')
    await at.bench.addItem('R-7')
    const known = await at.write('{ "reference": "R-7", "value": "x" }')
    await expect(handleItem(at.worklist, item, 'give-back', known)).rejects.toThrow(
      'Another item is the case',
    )
    const fresh = await at.write('{ "reference": "R-8", "value": "x" }')
    await handleItem(at.worklist, item, 'give-back', fresh)
    expect(await readItemHistory(at.bench.db, item.id)).toMatchObject({ state: 'queued' })
  })
})

describe('giving back what may have been pressed', () => {
  async function unsure(at: Awaited<ReturnType<typeof openWorklist>>) {
    const item = await parkedItem(at.bench, 'R-1', 'unsure')
    await armedAct(at.bench.db, item)
    const history = await readItemHistory(at.bench.db, item)
    if (!history) throw new Error('The item was not kept.')
    return { item: history, options: await at.write('{ "reference": "R-1", "value": "x" }') }
  }

  test('asks to look first, and under which number it stands', async () => {
    await using at = await openWorklist()
    const { item, options } = await unsure(at)
    const back = (more: object) => handleItem(at.worklist, item, 'give-back', { ...options, ...more })
    await expect(back({})).rejects.toThrow('look at the hospital’s system first')
    await expect(back({ happened: 'yes' })).rejects.toThrow('Option --reference')
    expect(await readItemHistory(at.bench.db, item.id)).toMatchObject({ state: 'parked' })
  })

  test.each([
    [
      { happened: 'yes' as const, reference: ' E-7 ' },
      { state: 'done', how: 'reconciled', reference: 'E-7' },
    ],
    [{ happened: 'no' as const }, { state: 'void', reference: null }],
  ])('goes on with %j', async (answer, act) => {
    await using at = await openWorklist()
    const { item, options } = await unsure(at)
    await handleItem(at.worklist, item, 'give-back', { ...options, ...answer })
    expect(await readItemHistory(at.bench.db, item.id)).toMatchObject({ state: 'queued', acts: [act] })
  })
})

test('what may have been pressed is cancelled only when it does not stand there', async () => {
  await using at = await openWorklist()
  const id = await parkedItem(at.bench, 'R-1', 'unsure')
  await armedAct(at.bench.db, id)
  const item = await readItemHistory(at.bench.db, id)
  if (!item) throw new Error('The item was not kept.')
  const cancel = (more: object) =>
    handleItem(at.worklist, item, 'cancel', { reason: 'Moved.', minutes: 1, account: 'ada', ...more })
  await expect(cancel({})).rejects.toThrow('look at the hospital’s system first')
  await expect(cancel({ happened: 'yes' })).rejects.toThrow('done-by-hand')
  expect(await readItemHistory(at.bench.db, id)).toMatchObject({ state: 'parked' })
  await cancel({ happened: 'no' })
  expect(await readItemHistory(at.bench.db, id)).toMatchObject({
    state: 'cancelled',
    acts: [{ state: 'void' }],
  })
})

test('an item that waited behind one that is cancelled is rung for', async () => {
  await using at = await openWorklist()
  const first = await parked(at.bench, 'R-1')
  const next = await at.bench.addItem('R-2')
  const key = Buffer.alloc(32, 1)
  for (const [place, item] of [first.id, next].entries())
    await at.bench.db.insertInto('item_order').values({ hospital: 'oost', key, place, item }).execute()
  await at.bench.db.updateTable('item').set({ ordered: true }).execute()
  await handleItem(at.worklist, first, 'cancel', { ...BY, reason: 'sent twice' })
  expect(await at.doorbell.counts()).toMatchObject({ waiting: 1 })
})

test('an account is no name', async () => {
  await using at = await openWorklist()
  const item = await parked(at.bench, 'R-1')
  const named = { account: 'Jan de Vries', minutes: 1, reason: 'sent twice' }
  await expect(handleItem(at.worklist, item, 'cancel', named)).rejects.toThrow('Option --account')
  await handleItem(at.worklist, item, 'cancel', { ...named, account: 'jdv01' })
  expect(await readItemHistory(at.bench.db, item.id)).toMatchObject({
    state: 'cancelled',
    sentence: 'sent twice',
  })
})
