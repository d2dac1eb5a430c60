import { randomBytes } from 'node:crypto'
import { describe, expect, test } from 'vitest'
import { anchorAccess, linkAccess } from '../../../orchestrator/ledger/access-chain.ts'
import { recordAccess, type Access } from '../../../orchestrator/ledger/access-log.ts'
import { verifyAccess } from '../../../orchestrator/ledger/access-verify.ts'
import { secretBox } from '../../../orchestrator/secrets/secret-box.ts'
import { asOwner } from './as-owner.ts'
import { openBench, type Bench } from '../work/bench.ts'

const secrets = secretBox(randomBytes(32))

const access = (id: string): Access => ({
  hospital: 'oost',
  actor: { kind: 'person', id },
  responsible: id,
  action: 'read',
  subject: { kind: 'patient', id: '0a' },
  outcome: 'given',
})

/** A ledger with ten rows in the chain. */
async function openLog(): Promise<Bench> {
  const bench = await openBench()
  await recordAccess(
    bench.db,
    Array.from({ length: 10 }, (_, number) => access(`account-${number}`)),
  )
  expect(await linkAccess(bench.db, secrets)).toBe(10)
  return bench
}

/** As somebody does who owns the tables and puts the guards aside. */
async function tamper(bench: Bench, ...statements: readonly string[]): Promise<void> {
  const guards = 'SET session_replication_role = replica'
  await asOwner(bench.url, guards, ...statements)
}

/** Row number `number`, counted from 1. */
const nth = (number: number) => `(SELECT entry FROM access_link WHERE number = ${number})`

const swap = (column: string) => `
  UPDATE access_entry e SET ${column} = o.${column} FROM access_entry o
  WHERE (e.id = ${nth(3)} AND o.id = ${nth(7)}) OR (e.id = ${nth(7)} AND o.id = ${nth(3)})`

const COPY = `INSERT INTO access_entry SELECT nextval('access_place'), clock_timestamp(), hospital, actor_kind, 'nobody',
  responsible, action, subject_kind, subject, systems, outcome, patients FROM access_entry LIMIT 1`

const CUT = [
  `DELETE FROM access_entry WHERE id >= ${nth(9)}`,
  'DELETE FROM access_link WHERE number >= 9',
  'UPDATE access_chain SET number = 8, hash = (SELECT hash FROM access_link WHERE number = 8)',
]

describe('verifying the access log', () => {
  test('says how many rows, from when to when, and where it ends', async () => {
    await using bench = await openLog()
    await recordAccess(bench.db, access('account-10'))
    expect(await verifyAccess(bench.db, secrets, 'oost')).toMatchObject({
      rows: 10,
      waiting: 1,
      wrong: undefined,
    })
    await linkAccess(bench.db, secrets)
    const verdict = await verifyAccess(bench.db, secrets, 'oost')
    expect(verdict).toMatchObject({ rows: 11, end: { number: 11 }, wrong: undefined })
    expect(verdict.to?.getTime()).toBeGreaterThanOrEqual(verdict.from?.getTime() ?? Infinity)
    expect(await verifyAccess(bench.db, secrets, 'west')).toMatchObject({ rows: 0, wrong: undefined })
  })

  test.each([
    [
      'a field changed',
      [`UPDATE access_entry SET outcome = 'refused' WHERE id = ${nth(4)}`],
      4,
      'was changed',
    ],
    [
      'a microsecond changed',
      [`UPDATE access_entry SET at = at + interval '1 microsecond' WHERE id = ${nth(4)}`],
      4,
      'gone',
    ],
    [
      'a patient left out',
      [`UPDATE access_entry SET patients = '{}' WHERE id = ${nth(5)}`],
      5,
      'was changed',
    ],
    ['a row removed', [`DELETE FROM access_entry WHERE id = ${nth(6)}`], 6, 'gone'],
    [
      'a row and its link removed',
      [`DELETE FROM access_entry WHERE id = ${nth(6)}`, 'DELETE FROM access_link WHERE number = 6'],
      6,
      'link in the chain is gone',
    ],
    [
      'a row and its link removed, and the others moved up',
      [
        `DELETE FROM access_entry WHERE id = ${nth(6)}`,
        'DELETE FROM access_link WHERE number = 6',
        'UPDATE access_link SET number = number - 1 WHERE number > 6',
      ],
      6,
      'was changed',
    ],
    ['a row added', [COPY], 0, 'past the chain'],
    ['two rows swapped', [swap('actor')], 3, 'was changed'],
    ['the end cut off', CUT, 9, 'cut off: it reached number 10'],
  ])('%s is found', async (_what, statements, number, sentence) => {
    await using bench = await openLog()
    await anchorAccess(bench.db, '2026-11-21')
    await tamper(bench, ...statements)
    const { wrong } = await verifyAccess(bench.db, secrets, 'oost')
    expect(wrong).toMatchObject({ number, sentence: expect.stringContaining(sentence) })
  })

  test('a log that was cut off together with every end that the database keeps fits; an end kept outside shows it', async () => {
    await using bench = await openLog()
    const { end } = await verifyAccess(bench.db, secrets, 'oost')
    await anchorAccess(bench.db, '2026-11-21')
    await tamper(bench, ...CUT, 'DELETE FROM access_anchor')
    expect(await verifyAccess(bench.db, secrets, 'oost')).toMatchObject({ rows: 8, wrong: undefined })
    expect((await verifyAccess(bench.db, secrets, 'oost', { kept: [end] })).wrong).toMatchObject({
      number: 9,
    })
  })

  test('a chain made anew without the key of the installation does not fit', async () => {
    await using bench = await openLog()
    await tamper(
      bench,
      `UPDATE access_entry SET actor = 'somebody-else' WHERE id = ${nth(2)}`,
      'INSERT INTO access_unlinked SELECT id, at, hospital FROM access_entry',
      'DELETE FROM access_link',
      'DELETE FROM access_chain',
    )
    while ((await linkAccess(bench.db, secretBox(randomBytes(32)))) > 0);
    expect((await verifyAccess(bench.db, secrets, 'oost')).wrong).toMatchObject({ number: 1 })
  })
})

test('a chain does not fork, whoever links at the same time', async () => {
  await using bench = await openBench()
  const writing = Array.from({ length: 40 }, async (_, number) => {
    await recordAccess(bench.db, [access(`a-${number}`), { ...access(`b-${number}`), hospital: 'west' }])
    await linkAccess(bench.db, secrets)
  })
  await Promise.all(writing)
  while ((await linkAccess(bench.db, secrets)) > 0);
  for (const hospital of ['oost', 'west'])
    expect(await verifyAccess(bench.db, secrets, hospital)).toMatchObject({ rows: 40, wrong: undefined })
})

test('the end of each chain is kept once a day', async () => {
  await using bench = await openLog()
  const kept = await anchorAccess(bench.db, '2026-11-21')
  expect(kept).toMatchObject([{ hospital: 'oost', number: 10 }])
  expect(await anchorAccess(bench.db, '2026-11-21')).toEqual([])
  expect(await anchorAccess(bench.db, '2026-11-22')).toHaveLength(1)
})
