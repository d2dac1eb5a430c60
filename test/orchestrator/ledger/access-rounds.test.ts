import { randomBytes } from 'node:crypto'
import { describe, expect, test } from 'vitest'
import { anchorAccess, linkAccess } from '../../../orchestrator/ledger/access-chain.ts'
import { recordAccess, type Access } from '../../../orchestrator/ledger/access-log.ts'
import { checkNextPart, readLogChecks, type CheckedPart } from '../../../orchestrator/ledger/access-rounds.ts'
import { secretBox } from '../../../orchestrator/secrets/secret-box.ts'
import { asOwner } from './as-owner.ts'
import { openBench, type Bench } from '../work/bench.ts'

const secrets = secretBox(randomBytes(32))

const access = (id: string, hospital = 'oost'): Access => ({
  hospital,
  actor: { kind: 'person', id },
  responsible: id,
  action: 'read',
  subject: { kind: 'log', id: 'access' },
  outcome: 'given',
})

/** A ledger with so many rows in the chain of `oost`. */
async function openLog(rows: number): Promise<Bench> {
  const bench = await openBench()
  await recordAccess(
    bench.db,
    Array.from({ length: rows }, (_, number) => access(`account-${number}`)),
  )
  await linkAccess(bench.db, secrets)
  return bench
}

/** Looks at parts of four rows, ten rows a day, until nothing is left on that day. */
async function checkDay({ db }: Bench, today: string): Promise<CheckedPart[]> {
  const parts: CheckedPart[] = []
  for (;;) {
    const part = await checkNextPart(db, secrets, { today, rowsAtOnce: 4, rowsADay: 10 })
    if (!part) return parts
    parts.push(part)
  }
}

const tamper = (bench: Bench, ...statements: readonly string[]) =>
  asOwner(bench.url, 'SET session_replication_role = replica', ...statements)

const nth = (number: number) => `(SELECT entry FROM access_link WHERE number = ${number})`
const wrongsOf = (parts: readonly CheckedPart[]) =>
  parts.flatMap(({ wrong }) => (wrong ? [[wrong.number, wrong.sentence]] : []))

describe('rounds over the whole access log', () => {
  test('take so many rows a day and not more, in parts, and begin anew after the end', async () => {
    await using bench = await openLog(25)
    expect(await checkDay(bench, '2026-11-20')).toHaveLength(3)
    expect(await readLogChecks(bench.db)).toMatchObject([
      { hospital: 'oost', round: { looked: 12, of: 25 }, whole: null, wrong: null },
    ])
    expect(await checkDay(bench, '2026-11-20')).toEqual([])
    expect(await checkDay(bench, '2026-11-21')).toHaveLength(3)
    expect(await checkDay(bench, '2026-11-22')).toHaveLength(1)
    expect(await readLogChecks(bench.db)).toMatchObject([{ round: null, whole: { rows: 25 }, wrong: null }])
    expect(await checkDay(bench, '2026-11-22')).toEqual([])
    expect(await checkDay(bench, '2026-11-23')).toHaveLength(3)
    expect(await readLogChecks(bench.db)).toMatchObject([{ round: { looked: 12 }, whole: { rows: 25 } }])
  })

  test('find what was changed long ago, behind the part that the night looks at, and look at what comes after it', async () => {
    await using bench = await openLog(12)
    await checkDay(bench, '2026-11-20')
    await tamper(
      bench,
      `UPDATE access_entry SET actor = 'nobody' WHERE id = ${nth(3)}`,
      `UPDATE access_entry SET outcome = 'refused' WHERE id = ${nth(9)}`,
    )
    const parts = await checkDay(bench, '2026-11-21')
    const sentence = 'The row, or its place among the others, was changed.'
    expect(wrongsOf(parts)).toEqual([
      [3, sentence],
      [9, sentence],
    ])
    expect(await readLogChecks(bench.db)).toMatchObject([
      { round: null, whole: { rows: 10 }, wrong: { count: 2, number: 3, sentence } },
    ])
  })

  test.each([
    ['a row removed', [`DELETE FROM access_entry WHERE id = ${nth(5)}`], 5, 'The row is gone.'],
    ['a link removed', ['DELETE FROM access_link WHERE number = 5'], 5, 'Its link in the chain is gone.'],
    [
      'an end that was kept does not fit',
      [`UPDATE access_anchor SET hash = '\\x00' WHERE number = 12`],
      12,
      'The log was made anew: it had another hash here before.',
    ],
    [
      'cut off at the end',
      ['DELETE FROM access_link WHERE number > 10', `DELETE FROM access_entry WHERE id > ${nth(10)}`],
      11,
      'The log was cut off: it reached number 12 before, and ends at 10 now.',
    ],
  ])('find %s', async (_, statements, number, sentence) => {
    await using bench = await openLog(12)
    await anchorAccess(bench.db, '2026-11-19')
    await tamper(bench, ...statements)
    const parts = [...(await checkDay(bench, '2026-11-20')), ...(await checkDay(bench, '2026-11-21'))]
    expect(wrongsOf(parts)[0]).toEqual([number, sentence])
    expect(await readLogChecks(bench.db)).toMatchObject([{ round: null, wrong: { number, sentence } }])
  })

  test.each([
    ['under the id of another', nth(6)],
    ['before the first', '0'],
    ['after the last', "nextval('access_place')"],
  ])('find a row that was added past the chain, %s', async (_, id) => {
    await using bench = await openLog(12)
    const copy = `
      INSERT INTO access_entry SELECT ${id}, clock_timestamp(), hospital, actor_kind, 'nobody', responsible, action,
        subject_kind, subject, systems, outcome, patients FROM access_entry LIMIT 1`
    await tamper(bench, copy)
    const parts = await checkDay(bench, '2026-11-20')
    expect(wrongsOf(parts)).toEqual([[0, 'The row was added past the chain.']])
  })

  test('take a row for nothing wrong that got its place late, or has none yet', async () => {
    await using bench = await openLog(12)
    // A transaction that took long: its row has a low id and a high number.
    const order = await bench.db.selectFrom('access_entry').select('id').orderBy('id').execute()
    const [first] = order
    await bench.db.deleteFrom('access_check').execute()
    await tamper(bench, 'DELETE FROM access_link', 'DELETE FROM access_chain')
    await asOwner(
      bench.url,
      `INSERT INTO access_unlinked SELECT id, at, hospital FROM access_entry WHERE id <> ${first?.id}`,
    )
    await linkAccess(bench.db, secrets)
    await asOwner(
      bench.url,
      `INSERT INTO access_unlinked SELECT id, at, hospital FROM access_entry WHERE id = ${first?.id}`,
    )
    await linkAccess(bench.db, secrets)
    await recordAccess(bench.db, access('waits'))
    const parts = await checkDay(bench, '2026-11-20')
    expect(wrongsOf(parts)).toEqual([])
    expect(await readLogChecks(bench.db)).toMatchObject([{ round: null, whole: { rows: 12 }, wrong: null }])
  })

  test('go over each hospital', async () => {
    await using bench = await openLog(3)
    await bench.db.insertInto('hospital').values({ id: 'west', name: 'West' }).execute()
    await recordAccess(bench.db, access('other', 'west'))
    await linkAccess(bench.db, secrets)
    const parts = await checkDay(bench, '2026-11-20')
    expect(parts.map(({ hospital }) => hospital).toSorted()).toEqual(['oost', 'west'])
  })
})
