import { sql } from 'kysely'
import { expect, test, vi } from 'vitest'
import { readArrivals } from '../../../connectors/hl7/arrival.ts'
import { NOT_KEPT } from '../../../connectors/hl7/batches.ts'
import { SYSTEM_TOOLS } from '../../../connectors/hl7/listener.ts'
import { createLog, silentLog } from '../../../connectors/log.ts'
import { sortAfterAnswers } from '../../../orchestrator/triggers/sort-after-answers.ts'
import { takeMessages } from '../../../orchestrator/triggers/take-messages.ts'
import { asOwner } from '../../owner.ts'
import { messageAbout, openMessageBench, type MessageBench } from './message-bench.ts'

const ORIGIN = { channel: 'adt', peer: 'x', defaultCharset: undefined, tools: SYSTEM_TOOLS }
const arrivalsOf = (...ids: string[]) => ids.flatMap((id) => readArrivals(messageAbout(id, ['4001']), ORIGIN))

const HELD = 77

/** Lets the ledger wait with the message SLOW until the lock is given up. */
async function slowLedger({ url }: MessageBench) {
  await asOwner(
    url,
    sql`CREATE FUNCTION wait_for_slow() RETURNS trigger LANGUAGE plpgsql AS $$
      BEGIN PERFORM pg_advisory_xact_lock(${sql.lit(HELD)}); RETURN NEW; END $$`,
    sql`GRANT EXECUTE ON FUNCTION wait_for_slow TO ontregel_app`,
    sql`CREATE TRIGGER slow BEFORE INSERT ON message_id FOR EACH ROW WHEN (NEW.control_id = 'SLOW')
      EXECUTE FUNCTION wait_for_slow()`,
  )
}

const accepted = { answer: 'accept' }

test('a batch that is handed over while the one before it is committed comes after it, also when that one is slow', async () => {
  await using bench = await openMessageBench()
  await slowLedger(bench)
  const after = sortAfterAnswers({ ...bench, log: silentLog })
  const accept = takeMessages({ ...bench, log: silentLog }, after, 'oost')
  const [first, second] = await bench.db.transaction().execute(async (tx) => {
    await sql`SELECT pg_advisory_xact_lock(${HELD})`.execute(tx)
    const asked = [accept(arrivalsOf('SLOW', 'A')), accept(arrivalsOf('B', 'SLOW'))] as const
    await vi.waitFor(
      async () => {
        const { rows } = await sql`SELECT FROM pg_locks JOIN pg_database d ON d.oid = database
        WHERE locktype = 'advisory' AND objid = ${HELD} AND NOT granted AND datname = current_database()`.execute(
          tx,
        )
        expect(rows).toHaveLength(1)
      },
      { timeout: 20_000 },
    )
    // So long that a batch beside it would be there.
    for (let turn = 0; turn < 100; turn++) await sql`SELECT 1`.execute(tx)
    return asked
  })
  expect(await first).toEqual([accepted, accepted])
  expect(await second).toMatchObject([accepted, { answer: 'repeat' }])
  await after.idle()
  expect(Object.keys(await bench.states())).toEqual(['SLOW', 'A', 'B'])
})

test('a batch that cannot be kept does not keep the next from being kept', async () => {
  await using bench = await openMessageBench()
  await asOwner(bench.url, sql`ALTER TABLE message ADD CHECK (control_id <> 'BAD')`)
  const after = sortAfterAnswers({ ...bench, log: silentLog })
  const accept = takeMessages({ ...bench, log: silentLog }, after, 'oost')
  const [first, second] = [accept(arrivalsOf('A', 'BAD')), accept(arrivalsOf('B'))]
  await expect(first).rejects.toThrow('violates check')
  expect(await second).toEqual([accepted])
  await after.idle()
  expect(Object.keys(await bench.states())).toEqual(['B'])
})

test('a batch of which the new ones are kept says so, also when what came before cannot be read or no alarm raised', async () => {
  await using bench = await openMessageBench()
  const after = sortAfterAnswers({ ...bench, log: silentLog })
  const lines: string[] = []
  const log = createLog('info', (line) => void lines.push(line))
  const accept = takeMessages({ ...bench, log }, after, 'oost')
  expect(await accept(arrivalsOf('A'))).toEqual([accepted])
  const other = readArrivals(messageAbout('A', ['4002']), ORIGIN)

  await asOwner(bench.url, sql`ALTER TABLE alarm ADD CHECK (kind <> 'message-differs')`)
  const untold = await accept([...arrivalsOf('B', 'A'), ...other])
  expect(untold).toMatchObject([accepted, { answer: 'repeat' }, NOT_KEPT])
  expect(await accept([...arrivalsOf('C'), ...other])).toEqual([accepted, NOT_KEPT])

  await asOwner(
    bench.url,
    sql`REVOKE SELECT ON message_id FROM ontregel_app`,
    sql`GRANT SELECT (control_id, channel, sender, message) ON message_id TO ontregel_app`,
  )
  expect(await accept(arrivalsOf('D', 'A', 'E'))).toEqual([accepted, NOT_KEPT, accepted])
  await asOwner(bench.url, sql`GRANT SELECT ON message_id TO ontregel_app`)
  expect(await accept(arrivalsOf('A', 'D'))).toMatchObject([{ answer: 'repeat' }, { answer: 'repeat' }])
  await after.idle()
  expect(Object.keys(await bench.states())).toEqual(['A', 'B', 'C', 'D', 'E'])
  expect(lines.filter((line) => line.includes('messages not recognised'))).toHaveLength(3)
})
