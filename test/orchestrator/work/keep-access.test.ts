import { randomBytes } from 'node:crypto'
import { expect, test, vi } from 'vitest'
import { createLog } from '../../../connectors/log.ts'
import { recordAccess, type Access } from '../../../orchestrator/ledger/access-log.ts'
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

test('entries get their place by themselves; each day the end is told, and what came since the day before is checked', async () => {
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
  // A row of the day before yesterday is no longer looked at by night, one of since then is.
  const change = (id: number) => `UPDATE access_entry SET actor = 'nobody' WHERE id = ${id}`
  await asOwner(bench.url, 'SET session_replication_role = replica', change(1))
  day = '2026-11-22'
  await anchored(day, 3)
  await recordAccess(db, READ)
  await soon(async () => expect((await verifyAccess(db, secrets, 'oost')).waiting).toBe(0))
  await asOwner(bench.url, 'SET session_replication_role = replica', change(4))
  day = '2026-11-23'
  await soon(async () =>
    expect(await alarms()).toMatchObject([
      { kind: 'access-log-changed', sentence: expect.stringContaining('number 4 of its chain') },
    ]),
  )
  await keeper.close()
})
