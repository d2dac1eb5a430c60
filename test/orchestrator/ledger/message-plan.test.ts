import { sql } from 'kysely'
import { expect, test } from 'vitest'
import { channelsQuery, readChannels } from '../../../orchestrator/ledger/message-search.ts'
import { answerQuery, readAnswer } from '../../../orchestrator/triggers/message-answer.ts'
import { asOwner } from '../../owner.ts'
import { openBench, type Bench } from '../work/bench.ts'
import { blocksOf } from './blocks-of.ts'

const MESSAGES = 100_000
/** A look into each month's index is a few blocks; the store of this many messages is thousands. */
const BLOCKS = 200

/** A channel with many messages, one with a single old one, and one with none. */
async function addMessages({ url, db }: Bench): Promise<void> {
  const channel = (id: string) => ({ id, hospital: 'oost', port: 0, senders: [] })
  await db.insertInto('channel').values(['adt', 'rare', 'silent'].map(channel)).execute()
  await asOwner(
    url,
    sql`INSERT INTO message (hospital, channel, sender, control_id, type, event, sealed, state, sorted)
      SELECT 'oost', CASE n WHEN 1 THEN 'rare' ELSE 'adt' END, 'ZIS|OOST', 'M-' || n, 'ADT', 'A08', '\\x00', 'routed', true
      FROM generate_series(1, ${sql.lit(MESSAGES)}) n`,
    sql`INSERT INTO message_id (control_id, channel, sender, digest, answer, message)
      SELECT control_id, channel, sender, '\\x00', convert_to(E'MSH|^~\\\\&|\\rMSA|AA|' || control_id, 'UTF8'), id FROM message`,
    sql`ANALYZE message, message_id`,
  )
}

test('on 100,000 messages the last of a quiet channel and the answer to one are looked up by an index', async () => {
  await using bench = await openBench()
  await addMessages(bench)
  const channels = await blocksOf(bench.db, channelsQuery())
  expect(channels.blocks, channels.plan).toBeLessThan(BLOCKS)
  const found = await readChannels(bench.db)
  expect(found.map(({ id, lastReceivedAt }) => [id, lastReceivedAt !== null])).toEqual([
    ['adt', true],
    ['rare', true],
    ['silent', false],
  ])
  const { id } = await bench.db
    .selectFrom('message')
    .select('id')
    .where('control_id', '=', 'M-50000')
    .executeTakeFirstOrThrow()
  const answer = await blocksOf(bench.db, answerQuery(id))
  expect(answer.blocks, answer.plan).toBeLessThan(BLOCKS)
  expect(await readAnswer(bench.db, id)).toBe('AA')
})
