import { sql } from 'kysely'
import { describe, expect, test } from 'vitest'
import { silentLog } from '../../../connectors/log.ts'
import type { Doorbell } from '../../../orchestrator/queue/doorbell.ts'
import { recountNightly } from '../../../orchestrator/savings/nightly.ts'
import { watchRecount } from '../../../orchestrator/savings/recount-overdue.ts'
import { sweep } from '../../../orchestrator/work/sweeper.ts'
import { asOwner } from '../../owner.ts'
import { openBench, timing, type Bench } from './bench.ts'

/** By the program's clock; the ledger's rows are put around it. */
const NOW = new Date('2026-11-22T00:05:00Z')
const before = (hours: number, minutes = 0) => new Date(NOW.getTime() - (hours * 60 + minutes) * 60_000)

const madeAt = (bench: Bench, at: Date) =>
  asOwner(bench.url, sql`UPDATE hospital SET made_at = ${at.toISOString()}::timestamptz`)

const recounted = (bench: Bench, day: string, at: Date, differences: number | null = 0) =>
  bench.db.insertInto('nightly_recount').values({ day, began_at: at, differences }).execute()

const alarms = (bench: Bench) =>
  bench.db
    .selectFrom('alarm')
    .select(['hospital', 'deployment', 'kind', 'at', 'sentence', 'closed_at', 'closed_by'])
    .orderBy('id')
    .execute()

const silentDoorbell: Doorbell = {
  backend: 'postgres',
  ring: () => Promise.resolve(),
  answer: () => Promise.reject(new Error('Nobody answers here.')),
  counts: () => Promise.resolve({ waiting: 0, delayed: 0, active: 0 }),
  close: () => Promise.resolve(),
}

describe('no recount came to its end', () => {
  test('for two days: an alarm at the hospital says since when, once', async () => {
    await using bench = await openBench()
    await bench.addItem('R-1')
    await recounted(bench, '2026-11-20', before(47, 59))
    await watchRecount(bench.db, NOW)
    expect(await alarms(bench)).toEqual([])
    const twoDaysLater = new Date(NOW.getTime() + 60_000)
    for (const _ of [1, 2]) await watchRecount(bench.db, twoDaysLater)
    expect(await alarms(bench)).toEqual([
      {
        ...{ hospital: 'oost', deployment: null, kind: 'recount-overdue', at: before(47, 59) },
        // In the time of the hospital, which is an hour on in winter.
        sentence: expect.stringContaining('came to its end since 2026-11-20 01:06:'),
        ...{ closed_at: null, closed_by: null },
      },
    ])
  })

  test('since the hospital is here: two days after that, and only where there are items', async () => {
    await using bench = await openBench()
    await madeAt(bench, before(48))
    await watchRecount(bench.db, NOW)
    expect(await alarms(bench)).toEqual([])
    await bench.addItem('R-1')
    await madeAt(bench, before(47, 59))
    await watchRecount(bench.db, NOW)
    expect(await alarms(bench)).toEqual([])
    await madeAt(bench, before(48))
    await watchRecount(bench.db, NOW)
    expect(await alarms(bench)).toMatchObject([{ kind: 'recount-overdue', at: before(48) }])
  })

  test('but one is under way: that has an hour', async () => {
    await using bench = await openBench()
    await bench.addItem('R-1')
    await recounted(bench, '2026-11-19', before(72))
    await recounted(bench, '2026-11-22', before(0, 59), null)
    await watchRecount(bench.db, NOW)
    expect(await alarms(bench)).toEqual([])
    await watchRecount(bench.db, new Date(NOW.getTime() + 60_000))
    expect(await alarms(bench)).toMatchObject([{ kind: 'recount-overdue', at: before(72) }])
  })

  test('and then one does: the alarm is closed by nobody, and the next standstill raises another', async () => {
    await using bench = await openBench()
    await bench.addItem('R-1')
    const began = new Date(Date.now() - 3 * 86_400_000)
    await recounted(bench, '2026-11-19', began)
    await watchRecount(bench.db, new Date())
    expect(await alarms(bench)).toMatchObject([{ at: began, closed_at: null }])
    await recountNightly(bench.db, '2026-11-22')
    expect(await alarms(bench)).toMatchObject([{ closed_at: expect.any(Date), closed_by: null }])
    await watchRecount(bench.db, new Date())
    expect(await alarms(bench)).toHaveLength(1)
    await watchRecount(bench.db, new Date(Date.now() + 3 * 86_400_000))
    expect(await alarms(bench)).toMatchObject([{ at: began }, { closed_at: null }])
  })

  test('because it fails each time: the sweep tells it all the same, by the clock it was handed', async () => {
    await using bench = await openBench()
    await bench.addItem('R-1')
    await madeAt(bench, before(100))
    await asOwner(bench.url, sql`REVOKE SELECT ON credit FROM ontregel_app`)
    const options = { db: bench.db, doorbell: silentDoorbell, timing, log: silentLog }
    await sweep({ ...options, now: () => before(53), today: () => '2026-11-19' })
    expect(await alarms(bench)).toEqual([])
    await sweep({ ...options, now: () => NOW, today: () => '2026-11-22' })
    expect(await alarms(bench)).toMatchObject([{ kind: 'recount-overdue', at: before(100) }])
    expect(await bench.db.selectFrom('nightly_recount').select('day').execute()).toEqual([])
    await asOwner(bench.url, sql`GRANT SELECT ON credit TO ontregel_app`)
    await sweep({ ...options, now: () => NOW, today: () => '2026-11-22' })
    expect(await alarms(bench)).toMatchObject([{ closed_at: expect.any(Date) }])
  })
})
