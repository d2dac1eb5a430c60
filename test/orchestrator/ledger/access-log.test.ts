import { sql } from 'kysely'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { linkAccess } from '../../../orchestrator/ledger/access-chain.ts'
import { recordAccess, type Access } from '../../../orchestrator/ledger/access-log.ts'
import { secretBox } from '../../../orchestrator/secrets/secret-box.ts'
import { asOwner } from './as-owner.ts'
import { openBench, type Bench } from '../work/bench.ts'

let bench: Bench

beforeAll(async () => {
  bench = await openBench()
})
afterAll(() => bench[Symbol.asyncDispose]())

const READ: Access = {
  hospital: 'oost',
  actor: { kind: 'person', id: 'jdv01' },
  responsible: 'jdv01',
  action: 'read',
  subject: { kind: 'log', id: 'access' },
  outcome: 'given',
}

const entries = () => bench.db.selectFrom('access_entry').selectAll().orderBy('id').execute()

describe('an access', () => {
  test('of an item is one of its patients', async () => {
    const item = await bench.addItem('R-1')
    const number = Buffer.from('0a0b', 'hex')
    await bench.db.insertInto('item_patient').values({ item, number, hospital: 'oost' }).execute()
    await recordAccess(bench.db, [
      { ...READ, subject: { kind: 'item', id: item } },
      { ...READ, subject: { kind: 'item', id: 'no such id' }, outcome: 'refused' },
      { ...READ, action: 'search', subject: { kind: 'patient', id: '0c' }, systems: ['epd'] },
    ])
    expect(await entries()).toMatchObject([
      { actor: 'jdv01', action: 'read', subject: item, patients: [number] },
      { outcome: 'refused', patients: [] },
      { systems: ['epd'], patients: [Buffer.from('0c', 'hex')] },
    ])
  })

  test('of nothing writes nothing', async () => {
    const before = (await entries()).length
    await recordAccess(bench.db, [])
    expect(await entries()).toHaveLength(before)
  })

  const year = new Date().getUTCFullYear()
  test.each([
    ['a row changed', "UPDATE access_entry SET actor = 'somebody-else'"],
    ['a row removed', 'DELETE FROM access_entry'],
    ['a link changed', 'UPDATE access_link SET number = 5'],
    ['an anchor removed', 'DELETE FROM access_anchor'],
    ['the log emptied', 'TRUNCATE access_entry'],
    ['a year emptied', `TRUNCATE access_entry_${year}`],
    [
      'a time written',
      `INSERT INTO access_entry SELECT nextval('access_place'), clock_timestamp() - interval '1 day', hospital, actor_kind,
        actor, responsible, action, subject_kind, subject, systems, outcome, patients FROM access_entry LIMIT 1`,
    ],
    ['a year dropped before its time', `SELECT access_drop_year(${year})`],
  ])('%s is refused, whoever asks', async (_what, statement) => {
    await linkAccess(bench.db, secretBox(Buffer.alloc(32)))
    await expect(sql.raw(statement).execute(bench.db)).rejects.toMatchObject({ code: '42501' })
    await expect(asOwner(bench.url, statement)).rejects.toMatchObject({ code: '42501' })
  })
})
