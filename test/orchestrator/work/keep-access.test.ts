import { randomBytes } from 'node:crypto'
import { expect, test, vi } from 'vitest'
import { createLog } from '../../../connectors/log.ts'
import { recordAccess, type Access } from '../../../orchestrator/ledger/access-log.ts'
import { readLogChecks } from '../../../orchestrator/ledger/access-rounds.ts'
import { verifyAccess } from '../../../orchestrator/ledger/access-verify.ts'
import { secretBox } from '../../../orchestrator/secrets/secret-box.ts'
import { keepAccessLog, writtenHash } from '../../../orchestrator/work/keep-access.ts'
import { asOwner } from '../ledger/as-owner.ts'
import { openBench } from './bench.ts'

const secrets = secretBox(randomBytes(32))
const READ: Access = {
  hospital: 'oost',
  actor: { kind: 'person', id: 'jdv01' },
  responsible: 'jdv01',
  action: 'read',
  subject: { kind: 'log', id: 'access' },
  outcome: 'given',
}

test('entries get their place by themselves; each day the end is told, and the whole log is looked at', async () => {
  await using bench = await openBench()
  const { db } = bench
  const lines: string[] = []
  let day = '2026-11-20'
  const log = createLog('info', (line) => void lines.push(line))
  const keeper = keepAccessLog({ db, secrets, log, today: () => day, everyMs: 10 })
  const soon = (look: () => Promise<void>) => vi.waitFor(look, { timeout: 20_000, interval: 20 })
  const anchored = (wanted: string, number: number) =>
    soon(async () => {
      const query = db.selectFrom('access_anchor').select('number').where('day', '=', wanted)
      expect(await query.execute()).toEqual([{ number }])
    })
  const alarms = () => db.selectFrom('alarm').select(['kind', 'sentence']).execute()

  await recordAccess(db, [READ, READ])
  await soon(async () =>
    expect(await verifyAccess(db, secrets, 'oost')).toMatchObject({ rows: 2, waiting: 0 }),
  )
  day = '2026-11-21'
  await anchored(day, 2)
  const { end } = await verifyAccess(db, secrets, 'oost')
  await soon(async () => expect(lines.join()).toContain(writtenHash(end.hash)))

  await recordAccess(db, READ)
  await soon(async () => expect(await verifyAccess(db, secrets, 'oost')).toMatchObject({ rows: 3 }))
  // A row of the day before yesterday is found by the round over the whole log, one of since then by the night too: told once.
  const change = (id: number) => `UPDATE access_entry SET actor = 'nobody' WHERE id = ${id}`
  await asOwner(bench.url, 'SET session_replication_role = replica', change(1))
  day = '2026-11-22'
  await anchored(day, 3)
  await recordAccess(db, READ)
  await soon(async () => expect((await verifyAccess(db, secrets, 'oost')).waiting).toBe(0))
  await asOwner(bench.url, 'SET session_replication_role = replica', change(4))
  day = '2026-11-23'
  const told = (number: number) => ({
    kind: 'access-log-changed',
    sentence: expect.stringContaining(`number ${number} of its chain`),
  })
  await soon(async () => expect(await alarms()).toHaveLength(2))
  expect(await alarms()).toEqual(expect.arrayContaining([told(1), told(4)]))
  await soon(async () =>
    expect(await readLogChecks(db)).toMatchObject([{ round: null, whole: { rows: 2 }, wrong: { count: 2 } }]),
  )
  day = '2026-11-24'
  await anchored(day, 4)
  await keeper.close()
  expect(await alarms()).toHaveLength(2)
})
