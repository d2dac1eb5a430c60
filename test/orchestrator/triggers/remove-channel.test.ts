import { expect, test } from 'vitest'
import { removeChannel } from '../../../orchestrator/ledger/channel-records.ts'
import { readSegments } from '../../../orchestrator/triggers/message-text.ts'
import { sortLeftBehind } from '../../../orchestrator/triggers/sort-left-behind.ts'
import { messageAbout, openMessageBench, storeUnsorted, type MessageBench } from './message-bench.ts'

const BY = { hospital: 'oost', account: 'it' }
const remove = ({ db }: MessageBench) => removeChannel(db, BY, 'adt')
const change = ({ db }: MessageBench, enabled: boolean) =>
  db.updateTable('channel').set({ enabled }).where('id', '=', 'adt').execute()
const channels = ({ db }: MessageBench) => db.selectFrom('channel').select('id').execute()

test('a channel stays while it is on', async () => {
  await using bench = await openMessageBench()
  await expect(remove(bench)).rejects.toMatchObject({ kind: 'business', code: 'channel-on' })
  await change(bench, false)
  await remove(bench)
  expect(await channels(bench)).toEqual([])
})

test.each(['stored', 'aside'] as const)(
  'a channel stays while a message of it is %s, also when nothing recognises that message any more',
  async (state) => {
    await using bench = await openMessageBench()
    await bench.store(messageAbout('M-1', ['4001']))
    await bench.db.updateTable('message').set({ state }).execute()
    await bench.db.deleteFrom('message_id').execute()
    await change(bench, false)
    await expect(remove(bench)).rejects.toMatchObject({ kind: 'business', code: 'channel-waits' })
    await bench.db.updateTable('message').set({ state: 'routed' }).execute()
    await remove(bench)
    expect(await channels(bench)).toEqual([])
  },
)

test('a message that came in while its channel was being taken away is sorted and can be read', async () => {
  await using bench = await openMessageBench()
  await change(bench, false)
  await remove(bench)
  const [stored] = await storeUnsorted(bench.db, bench.secrets, [messageAbout('M-1', ['4001'])])
  await sortLeftBehind(bench.db, bench.secrets)
  const rows = await bench.db.selectFrom('message').select(['sorted', 'patients']).execute()
  expect(rows.map(({ sorted, patients }) => [sorted, patients.length])).toEqual([[true, 1]])
  expect(await readSegments(bench.db, bench.secrets, 'oost', stored?.id ?? '')).not.toBeUndefined()
})
