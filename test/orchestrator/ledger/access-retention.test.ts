import { expect, test } from 'vitest'
import { linkAccess } from '../../../orchestrator/ledger/access-chain.ts'
import { recordAccess, type Access } from '../../../orchestrator/ledger/access-log.ts'
import { tendAccessYears } from '../../../orchestrator/ledger/access-retention.ts'
import { verifyAccess } from '../../../orchestrator/ledger/access-verify.ts'
import { secretBox } from '../../../orchestrator/secrets/secret-box.ts'
import { openBench } from '../work/bench.ts'
import { asOwner } from './as-owner.ts'

const secrets = secretBox(Buffer.alloc(32))
const READ: Access = {
  hospital: 'oost',
  actor: { kind: 'person', id: 'jdv01' },
  responsible: 'jdv01',
  action: 'read',
  subject: { kind: 'log', id: 'access' },
  outcome: 'given',
}

const yearOf = (table: string, year: number) =>
  `CREATE TABLE ${table}_${year} (LIKE ${table} INCLUDING ALL);
  ALTER TABLE ${table} ATTACH PARTITION ${table}_${year} FOR VALUES FROM ('${year}-01-01Z') TO ('${year + 1}-01-01Z')`

const entryAt = (time: string) =>
  `INSERT INTO access_entry (at, hospital, actor_kind, actor, responsible, action, subject_kind, subject, outcome)
  VALUES ('${time}', 'oost', 'person', 'old', 'old', 'read', 'log', 'access', 'given');
  INSERT INTO access_unlinked SELECT id, at, hospital FROM access_entry WHERE at = '${time}'`

/** The links that were made by then as if they had been made in that year. */
const LINKED_THEN = "UPDATE access_link SET at = '2019-12-31T23:59:58Z' WHERE number = 1"

test('a year goes when its last day is 5 years old and no sooner, and the chain goes on from there', async () => {
  await using bench = await openBench()
  const aside = 'SET session_replication_role = replica'
  const years = [2019, 2022].flatMap((year) => [yearOf('access_entry', year), yearOf('access_link', year)])
  await asOwner(bench.url, aside, ...years, entryAt('2019-06-01T12:00:00Z'))
  await linkAccess(bench.db, secrets)
  // One of the last second of the year has its place in the chain in the next.
  await asOwner(
    bench.url,
    aside,
    LINKED_THEN,
    entryAt('2019-12-31T23:59:59Z'),
    entryAt('2022-06-01T12:00:00Z'),
  )
  await recordAccess(bench.db, READ)
  await linkAccess(bench.db, secrets)
  expect(await verifyAccess(bench.db, secrets, 'oost')).toMatchObject({ rows: 4, wrong: undefined })

  expect(await tendAccessYears(bench.db)).toEqual([2019])
  expect(await tendAccessYears(bench.db)).toEqual([])
  const verdict = await verifyAccess(bench.db, secrets, 'oost')
  expect(verdict).toMatchObject({
    rows: 2,
    from: new Date('2022-06-01T12:00:00Z'),
    end: { number: 4 },
    wrong: undefined,
  })

  await asOwner(bench.url, aside, "DELETE FROM access_entry WHERE actor = 'old'")
  expect((await verifyAccess(bench.db, secrets, 'oost')).wrong).toMatchObject({ number: 3 })
})

test('a year is not dropped while a row of it has no place in its chain', async () => {
  await using bench = await openBench()
  await asOwner(
    bench.url,
    'SET session_replication_role = replica',
    ...[yearOf('access_entry', 2019), yearOf('access_link', 2019), entryAt('2019-06-01T12:00:00Z')],
  )
  await expect(tendAccessYears(bench.db)).rejects.toThrow('not chained yet')
})
