import { sql } from 'kysely'
import { describe, expect, test } from 'vitest'
import { CONTRACT_NORM } from '../../../orchestrator/savings/fte.ts'
import { recountNightly } from '../../../orchestrator/savings/nightly.ts'
import { newFigureMemory } from '../../../orchestrator/savings/read-figures.ts'
import type { ReadReport } from '../../../orchestrator/savings/recount-report.ts'
import { recount } from '../../../orchestrator/savings/recount.ts'
import { readSavings, type HospitalSavings } from '../../../orchestrator/savings/report.ts'
import { APRIL, openBooked } from './booked-ledger.ts'
import { noOlderTransaction } from './no-older-transaction.ts'
import { openPlayed } from './three-played.ts'

const ofHospital =
  (change: (hospital: HospitalSavings) => HospitalSavings): ReadReport =>
  async (db, question) => {
    const report = await readSavings(db, question)
    return { ...report, hospitals: report.hospitals.map(change) }
  }

describe('a report that is wrong, or made of rows that were tampered with', () => {
  test('a norm that is read wrongly is found at the hospital, with the FTE that follows, and raises an alarm there', async () => {
    const { played, db } = await openBooked()
    await using _ = played
    const wrong = ofHospital((hospital) => ({
      ...hospital,
      norm: CONTRACT_NORM,
      fte: hospital.hoursPerYear / CONTRACT_NORM.hoursPerYear,
    }))
    const differences = await recount(db, APRIL, wrong)
    expect(differences).toEqual([
      expect.objectContaining({ kind: 'report', hospital: 'oost', deployment: null, items: [], seconds: 0 }),
    ])
    expect(
      differences[0]?.figures?.map(({ figure, reported, recounted }) => [figure, reported, recounted]),
    ).toEqual([
      ['norm', 'contract', 'subsidy'],
      ['hours of one FTE', 1878, 1720],
      ['first day of the norm', null, '2026-04-15'],
      ['FTE at the norm', expect.any(Number), expect.any(Number)],
      // Told with the interval of what it should be.
      ['FTE at the norm less the middle of its interval', expect.any(Number), 0],
    ])
    expect(differences[0]?.sentence).toContain('hours of one FTE: the report gives 1878, the recount 1720')
    expect(await recountNightly(db, '2026-04-30', wrong)).toBe(2)
    const alarms = await db
      .selectFrom('alarm')
      .select(['hospital', 'deployment', 'kind', 'sentence'])
      .execute()
    // Of the last month, and of March, which is the month in turn.
    expect(alarms).toHaveLength(2)
    for (const alarm of alarms)
      expect(alarm).toMatchObject({ hospital: 'oost', deployment: null, kind: 'recount-differs' })
    expect(alarms[0]?.sentence).toContain('hours of one FTE: the report gives 1878, the recount 1720')
  })

  test('a first day that a roll-up keeps wrongly is found in the days measured, with the hours a year', async () => {
    const { played, db } = await openPlayed()
    await using _ = played
    await sql`UPDATE roll_up SET first_day = '2026-04-20' WHERE span = 'year'`.execute(db)
    const report = (await recount(db, APRIL)).filter(({ kind }) => kind === 'report')
    expect(report).toEqual([expect.objectContaining({ deployment: 'oost-first', hospital: 'oost' })])
    expect(report[0]?.figures).toEqual([
      { figure: 'measured days', reported: 11, recounted: 21 },
      { figure: 'first measured day', reported: '2026-04-20', recounted: '2026-04-10' },
      { figure: 'hours a year', reported: expect.any(Number), recounted: expect.any(Number) },
    ])
    expect(report[0]?.sentence).toContain('Measured from 2026-04-10; days of backlogs left out: none.')
  })

  test('a count of nothing on an earlier day, which would make a deployment measured longer, is found', async () => {
    const { played, db } = await openPlayed()
    await using _ = played
    await sql`INSERT INTO day_count (deployment, day, variant, outcome) VALUES ('oost-first', '2026-04-02', '', 'worklist')`.execute(
      db,
    )
    expect((await recount(db, APRIL)).map(({ kind, day }) => [kind, day])).toEqual([['count', '2026-04-02']])
  })

  test('hours that were booked past the database, so that pages tell those of before, are found with the booking', async () => {
    const { played, db } = await openBooked()
    await using _ = played
    const memory = newFigureMemory()
    await noOlderTransaction(db)
    const asPages: ReadReport = (of, question) => readSavings(of, question, memory)
    expect(await recount(db, APRIL, asPages)).toEqual([])
    await sql`ALTER TABLE upkeep DISABLE TRIGGER USER`.execute(db)
    const { rows } = await sql<{ id: number }>`INSERT INTO upkeep (deployment, day, hours, booked_by)
      VALUES ('oost-second', '2026-04-20', 2, 'u-1') RETURNING id`.execute(db)
    const [booking, report, ...others] = await recount(db, APRIL, asPages)
    expect([booking?.kind, booking?.deployment, others]).toEqual(['booking', 'oost-second', []])
    expect(booking?.sentence).toContain('1 times together, and it keeps count of 0')
    expect(report).toMatchObject({ kind: 'report', deployment: 'oost-second', seconds: -7200 })
    expect(report?.figures?.[0]).toEqual({ figure: 'upkeep hours', reported: 0, recounted: 2 })
    expect(report?.sentence).toContain(
      `Booked in the period and not withdrawn: ${rows[0]?.id} (2026-04-20, 2.00 hours).`,
    )
  })

  test('hours that the report counts although they were taken back are found', async () => {
    const { played, db, regular } = await openBooked()
    await using _ = played
    const wrong = ofHospital((hospital) => ({
      ...hospital,
      deployments: hospital.deployments.map((row) => ({ ...row, upkeepHours: row.upkeepHours + 8 })),
    }))
    const differences = await recount(db, APRIL, wrong)
    expect(differences.map(({ deployment, figures }) => [deployment, figures])).toEqual([
      ['oost-first', [{ figure: 'upkeep hours', reported: 9.5, recounted: 1.5 }]],
      ['oost-second', [{ figure: 'upkeep hours', reported: 8, recounted: 0 }]],
      // The hospital's own sum is not what its deployments, as told, add up to.
      [null, [{ figure: 'upkeep hours', reported: 1.5, recounted: 17.5 }]],
    ])
    expect(differences[0]?.sentence).toContain(`${regular} (2026-04-12, 1.25 hours)`)
  })

  test('items left out and without a baseline that the report tells otherwise are named', async () => {
    const { played, db } = await openBooked()
    await using _ = played
    const wrong = ofHospital((hospital) => ({
      ...hospital,
      leftOut: hospital.leftOut + 1,
      deployments: hospital.deployments.map((row) =>
        row.id === 'oost-second' ? { ...row, withoutBaseline: 0, leftOut: 1 } : row,
      ),
    }))
    const [found, ...others] = await recount(db, APRIL, wrong)
    expect(others).toEqual([])
    expect(found?.figures).toEqual([
      { figure: 'items without a baseline', reported: 0, recounted: 1 },
      { figure: 'items left out', reported: 1, recounted: 0 },
    ])
    expect(found?.items).toHaveLength(1)
  })

  test('a wrong count at one deployment hides nothing that is wrong at another or at the hospital', async () => {
    const { played, db } = await openBooked()
    await using _ = played
    await sql`UPDATE day_count SET items = 9, shares = 9, counting = 9 WHERE outcome = 'done' AND day = '2026-04-10'`.execute(
      db,
    )
    const found = async (wrong: ReadReport) =>
      (await recount(db, APRIL, wrong)).map(({ kind, deployment }) => [kind, deployment])
    expect(await found(readSavings)).toEqual([['count', 'oost-first']])
    const hospital = ofHospital((row) => ({ ...row, contractFte: row.contractFte + 0.001 }))
    expect(await found(hospital)).toEqual([
      ['count', 'oost-first'],
      ['report', null],
    ])
  })

  test('a deployment that the report leaves away is found', async () => {
    const { played, db } = await openBooked()
    await using _ = played
    const wrong = ofHospital((row) => ({ ...row, deployments: row.deployments.slice(0, 1) }))
    const told = (await recount(db, APRIL, wrong)).map(({ deployment, figures }) => [
      deployment,
      figures?.find(({ figure }) => /days/.test(figure)),
    ])
    expect(told).toEqual([
      ['oost-second', { figure: 'measured days', reported: null, recounted: 14 }],
      // The hospital still tells that both were measured over few days.
      [null, { figure: 'deployments measured over few days', reported: 2, recounted: 1 }],
    ])
  })
})
