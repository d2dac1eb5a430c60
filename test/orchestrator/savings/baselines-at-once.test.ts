import { sql } from 'kysely'
import { afterAll, beforeAll, expect, test, vi } from 'vitest'
import { addBaseline, endBaseline } from '../../../orchestrator/savings/baselines.ts'
import { newBaseline, openCountedLedger, type CountedLedger } from './counted-ledger.ts'
import { BY } from './golden-case.ts'

let counted: CountedLedger

beforeAll(async () => {
  counted = await openCountedLedger()
})

afterAll(() => counted[Symbol.asyncDispose]())

const baselinesOf = async (deployment: string) =>
  await counted.db
    .selectFrom('baseline')
    .select(['id', 'valid_from', 'valid_until'])
    .where('deployment', '=', deployment)
    .where('variant', '=', 'plain')
    .orderBy('valid_from')
    .execute()

/** Begins these one after another while somebody holds the deployment's baseline: each once the one before waits. */
async function atOnce(
  deployment: string,
  acts: readonly ((id: number) => Promise<unknown>)[],
): Promise<PromiseSettledResult<unknown>[]> {
  const under = await counted.db.transaction().execute(async (tx) => {
    const held = tx.selectFrom('baseline').select('id').where('deployment', '=', deployment)
    const { id } = await held.where('variant', '=', 'plain').forUpdate().executeTakeFirstOrThrow()
    const begun: Promise<unknown>[] = []
    for (const act of acts) {
      begun.push(act(id))
      await vi.waitFor(
        async () => {
          const { rows } = await sql`SELECT FROM pg_locks l JOIN pg_stat_activity a USING (pid)
          WHERE NOT l.granted AND a.datname = current_database()`.execute(counted.db)
          expect(rows).toHaveLength(begun.length)
        },
        { timeout: 20_000 },
      )
    }
    return { ended: Promise.allSettled(begun) }
  })
  return await under.ended
}

test('of two who end a baseline at once the first does, and the other is told what stands', async () => {
  const { hospital, first } = await counted.add()
  const end = (until: string) => (id: number) => endBaseline(counted.db, BY, { id, until })
  const [one, other] = await atOnce(first, [end('2026-06-01'), end('2026-05-01')])
  expect(one).toMatchObject({ status: 'fulfilled' })
  expect(other).toMatchObject({
    status: 'rejected',
    reason: {
      code: 'baseline-meanwhile',
      message: expect.stringContaining(
        'Field until: somebody else changed it meanwhile, and it ends on 2026-06-01',
      ),
    },
  })
  expect(await baselinesOf(first)).toMatchObject([{ valid_until: '2026-06-01' }])
  const changes = counted.db.selectFrom('change').select('after').where('hospital', '=', hospital)
  expect(await changes.execute()).toMatchObject([{ after: { until: '2026-06-01' } }])
})

test('a baseline that is ended while a later one is added is not made longer by it', async () => {
  const { first } = await counted.add()
  const acts = await atOnce(first, [
    (id) => endBaseline(counted.db, BY, { id, until: '2026-05-01' }),
    () => addBaseline(counted.db, BY, newBaseline({ deployment: first, validFrom: '2026-06-01' })),
  ])
  expect(acts).toMatchObject([{ status: 'fulfilled' }, { status: 'fulfilled' }])
  expect(await baselinesOf(first)).toMatchObject([
    { valid_until: '2026-05-01' },
    { valid_from: '2026-06-01', valid_until: null },
  ])
})
