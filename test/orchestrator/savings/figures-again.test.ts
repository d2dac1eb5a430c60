import fc from 'fast-check'
import { sql } from 'kysely'
import { expect, test } from 'vitest'
import { openLedger, openWebPool } from '../../../orchestrator/ledger/open-ledger.ts'
import { seenBy } from '../../../orchestrator/ledger/scope.ts'
import { putHospital } from '../../../orchestrator/ledger/setup.ts'
import type { LedgerDatabase } from '../../../orchestrator/ledger/tables.ts'
import { reportItems } from '../../../orchestrator/reported/report-items.ts'
import { endBaseline } from '../../../orchestrator/savings/baselines.ts'
import { addChain } from '../../../orchestrator/savings/chains.ts'
import { addNorm, readNorms, removeNorm } from '../../../orchestrator/savings/norms.ts'
import { addOneOff, removeOneOff } from '../../../orchestrator/savings/one-off.ts'
import { dayAfter, type Period } from '../../../orchestrator/savings/period.ts'
import { MOST_KEPT, newFigureMemory, type FigureMemory } from '../../../orchestrator/savings/read-figures.ts'
import { signRealised } from '../../../orchestrator/savings/realised.ts'
import { readSavings } from '../../../orchestrator/savings/report.ts'
import { bookUpkeep, readUpkeep, withdrawUpkeep } from '../../../orchestrator/savings/upkeep.ts'
import { noOlderTransaction } from './no-older-transaction.ts'
import { DEPLOYMENTS, openPlayedLedger, type PlayedLedger } from './played-ledger.ts'

const BY = { account: 'u-1', today: '2026-10-28' }
const [FIRST, SECOND] = DEPLOYMENTS
const YEAR = { from: '2026-01-01', to: '2026-12-31' }
const PERIODS = [YEAR, { from: '2026-03-28', to: '2026-10-20' }, { from: '2026-10-25', to: '2026-10-25' }]

const play =
  (moment: string, deployment: (typeof DEPLOYMENTS)[number], way: 'done' | 'parked' | 'by-hand') =>
  (played: PlayedLedger) =>
    played.play(moment, { deployment, way, variant: 'plain', humanSeconds: 30 })

/** What people and items do to the figures, each through the product's own function. */
const CHANGES = {
  'an item is done': play('2026-05-04T10:00:00Z', FIRST, 'done'),
  'an item is done on the last day of a month': play('2026-04-30T21:59:59Z', SECOND, 'done'),
  'an item is parked': play('2026-10-25T01:30:00Z', SECOND, 'parked'),
  'a person finishes one': play('2026-10-25T12:00:00Z', SECOND, 'by-hand'),
  'upkeep is booked': ({ ledger: { db } }) =>
    bookUpkeep(db, BY, { deployment: FIRST, day: '2026-05-04', hours: 1.25, note: 'renewed' }),
  'and withdrawn': async ({ ledger: { db } }) => {
    for (const { id, withdrawn } of await readUpkeep(db, 'oost'))
      if (!withdrawn) await withdrawUpkeep(db, BY, { id, hospital: 'oost' })
  },
  'hours are signed': async (played) => {
    const march = { from: '2026-03-01', to: '2026-03-31' }
    await play('2026-03-30T10:00:00Z', FIRST, 'done')(played)
    // What was booked takes more from the year than a few items give it.
    await CHANGES['and withdrawn'](played)
    const given = {
      hospital: 'oost',
      purpose: 'post-not-refilled',
      department: 'Policy',
      signedName: 'head',
    } as const
    await signRealised(played.ledger.db, BY, { ...march, ...given, hours: 0.01 })
  },
  'another robot reports an item': async ({ ledger: { db } }) => {
    const row = { deployment: SECOND, reference: 'F-1', variant: 'plain', outcome: 'done' as const }
    const rows = [{ number: 1, row: { ...row, completedAt: new Date('2026-05-04T10:00:00Z') } }]
    await reportItems(db, rows, { ...BY, hospitals: 'all', now: new Date(`${BY.today}T12:00:00Z`) })
  },
  'a norm begins': ({ ledger: { db } }) =>
    addNorm(db, BY, { hospital: 'oost', name: 'own', hoursPerYear: 1500, validFrom: '2026-06-01' }),
  'and is taken back': async ({ ledger: { db } }) => {
    for (const { validFrom } of (await readNorms(db, 'oost')).filter(({ name }) => name === 'own'))
      await removeNorm(db, BY, { hospital: 'oost', validFrom })
  },
  'days become those of a backlog': ({ ledger: { db } }) =>
    addOneOff(db, BY, { deployment: FIRST, from: '2026-05-01', until: '2026-05-05', reason: 'old work' }),
  'and those are taken back': async ({ ledger: { db } }) => {
    const days = await db.selectFrom('one_off').select('id').execute()
    for (const { id } of days) await removeOneOff(db, BY, { id, hospital: 'oost' })
  },
  'a baseline ends': async ({ ledger: { db } }) => {
    const { id } = await baselineOf(db, SECOND)
    await endBaseline(db, BY, { id, until: '2026-10-28' })
  },
  'deployments share a baseline, and an item is done': async (played) => {
    await addChain(played.ledger.db, BY, {
      ...{ hospital: 'oost', name: 'chain', validFrom: '2026-10-26' },
      ...{ baselineDeployment: SECOND, baselineVariant: 'plain' },
      parts: [
        { deployment: FIRST, variant: 'plain', share: 0.25 },
        { deployment: SECOND, variant: 'plain', share: 0.75 },
      ],
    })
    await play('2026-10-27T10:00:00Z', FIRST, 'done')(played)
  },
  'another hospital comes': ({ ledger: { db } }) =>
    putHospital(db, { id: 'later', name: 'Later', norms: [] }),
} satisfies Record<string, (played: PlayedLedger) => Promise<unknown>>

const baselineOf = (db: LedgerDatabase, deployment: string) =>
  db
    .selectFrom('baseline')
    .select('id')
    .where('deployment', '=', deployment)
    .where('valid_until', 'is', null)
    .executeTakeFirstOrThrow()

const ask = (db: LedgerDatabase, period: Period, memory?: FigureMemory) =>
  readSavings(db, { ...period, today: BY.today }, memory)

test('whatever changes, in whichever order: a report asked again says what one says that was never asked', async () => {
  const names = Object.keys(CHANGES)
  await fc.assert(
    fc.asyncProperty(fc.shuffledSubarray(names, { minLength: names.length }), async (order) => {
      await using played = await openPlayedLedger()
      const memory = newFigureMemory()
      for (const name of order) {
        await new Map(Object.entries(CHANGES)).get(name)?.(played)
        for (const period of PERIODS) {
          const { db } = played.ledger
          expect([name, await ask(db, period, memory)]).toEqual([name, await ask(db, period)])
        }
      }
    }),
    { numRuns: 4 },
  )
})

test('asked again, only the deployment is counted again of which a count changed', async () => {
  await using played = await openPlayedLedger()
  const { db } = played.ledger
  const memory = newFigureMemory()
  const asked = async () => (await ask(db, YEAR, memory)).hospitals[0]?.deployments ?? []
  for (const deployment of DEPLOYMENTS) await play('2026-05-04T10:00:00Z', deployment, 'done')(played)
  await noOlderTransaction(db)
  const [first, second] = await asked()
  expect([first?.items.done, second?.items.done]).toEqual([1, 1])
  await play('2026-05-04T11:00:00Z', SECOND, 'done')(played)
  const [firstAgain, secondAgain] = await asked()
  expect(firstAgain).toBe(first)
  expect(secondAgain?.items.done).toBe(2)
})

test('what is asked again and again is one statement, planned once for a connection', async () => {
  await using played = await openPlayedLedger()
  const db = await openLedger({ url: played.ledger.url, connections: 1, onError: () => undefined })
  try {
    const memory = newFigureMemory()
    // As many as a busy day leaves, so that a plan which looks through them is not worth keeping.
    await sql`INSERT INTO count_change SELECT '3', 'gone-' || number, '2026-01-01' FROM generate_series(1, 20000) number`.execute(
      played.ledger.db,
    )
    await noOlderTransaction(db)
    for (let day = 10; day < 30; day++) {
      await play(`2026-05-${day}T10:00:00Z`, FIRST, 'done')(played)
      await ask(db, YEAR, memory)
    }
    const { rows } = await sql<{ again: number; kept: number }>`
      SELECT custom_plans AS again, generic_plans AS kept FROM pg_prepared_statements
      WHERE generic_plans + custom_plans > 10`.execute(db)
    // Five plans are made before PostgreSQL judges whether one serves for all.
    expect(rows.map(({ again, kept }) => again <= 5 && kept > 10)).toEqual([true])
  } finally {
    await db.destroy()
  }
})

test('a memory keeps no more questions than it may, the newest ones', async () => {
  await using played = await openPlayedLedger()
  const memory = newFigureMemory()
  const days = Array.from({ length: MOST_KEPT + 3 }, (_, index) => dayAfter('2026-03-01', index))
  for (const day of days) await ask(played.ledger.db, { from: day, to: day }, memory)
  expect(memory.questions.size).toBe(MOST_KEPT)
  expect([...memory.questions.keys()].at(-1)).toContain(days.at(-1))
})

test('days that were forgotten of a year are read anew', async () => {
  await using played = await openPlayedLedger()
  const { db } = played.ledger
  const memory = newFigureMemory()
  for (let day = 1; day <= 31; day++)
    await play(`2026-03-${String(day).padStart(2, '0')}T10:00:00Z`, FIRST, 'done')(played)
  for (const from of ['2026-03-02', '2026-03-20'])
    for (let days = 0; days < 25; days++) {
      const period = { from, to: dayAfter(from, days) }
      expect([period, await ask(db, period, memory)]).toEqual([period, await ask(db, period)])
    }
})

test('a year of which the counts were taken away is no longer told', async () => {
  await using played = await openPlayedLedger()
  const { db } = played.ledger
  const memory = newFigureMemory()
  const done = async () =>
    (await ask(db, YEAR, memory)).hospitals[0]?.deployments.map(({ items }) => items.done)
  for (const deployment of DEPLOYMENTS) await play('2026-05-04T10:00:00Z', deployment, 'done')(played)
  expect(await done()).toEqual([1, 1])
  await sql`DELETE FROM roll_up WHERE span = 'year' AND deployment = ${FIRST}`.execute(db)
  expect(await done()).toEqual([0, 1])
})

test('what one reader asked is never told to another who may see less', async () => {
  await using played = await openPlayedLedger()
  const { ledger, play: item } = played
  await putHospital(ledger.db, { id: 'west', name: 'West', norms: [] })
  await item('2026-05-04T10:00:00Z', { deployment: FIRST, way: 'done', variant: 'plain', humanSeconds: 0 })
  const pool = openWebPool({ url: ledger.url, onError: () => undefined })
  try {
    const memory = newFigureMemory()
    const seen = async (...hospitals: string[]) => {
      const { hospitals: told } = await ask(seenBy(pool, { hospitals, itemHospitals: [] }), YEAR, memory)
      return told.map(({ id, grossHours }) => [id, grossHours > 0])
    }
    expect(await seen('oost', 'west')).toEqual([
      ['oost', true],
      ['west', false],
    ])
    expect(await seen('west')).toEqual([['west', false]])
    expect(await seen()).toEqual([])
    expect(await seen('oost')).toEqual([['oost', true]])
  } finally {
    await pool.end()
  }
})
