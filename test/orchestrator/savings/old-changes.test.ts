import { sql } from 'kysely'
import { expect, test } from 'vitest'
import type { LedgerDatabase } from '../../../orchestrator/ledger/tables.ts'
import { addNorm } from '../../../orchestrator/savings/norms.ts'
import { forgetOldChanges } from '../../../orchestrator/savings/old-changes.ts'
import { newFigureMemory, type FigureMemory } from '../../../orchestrator/savings/read-figures.ts'
import { readYears } from '../../../orchestrator/savings/read-year-counts.ts'
import { readSavings } from '../../../orchestrator/savings/report.ts'
import { noOlderTransaction } from './no-older-transaction.ts'
import { DEPLOYMENTS, openPlayedLedger, type PlayedLedger } from './played-ledger.ts'

const BY = { account: 'u-1', today: '2026-10-28' }
const [FIRST, SECOND] = DEPLOYMENTS

const play = (played: PlayedLedger, deployment: (typeof DEPLOYMENTS)[number], moment: string) =>
  played.play(moment, { deployment, way: 'done', variant: 'plain', humanSeconds: 0 })

const ask = (db: LedgerDatabase, memory?: FigureMemory) =>
  readSavings(db, { from: '2026-01-01', to: '2026-12-31', today: BY.today }, memory)

const marks = async (db: LedgerDatabase) => {
  const counts = await db.selectFrom('count_change').select(['deployment', 'year']).execute()
  const settings = await db.selectFrom('settings_change').select('xid').execute()
  return {
    counts: counts.map(({ deployment, year }) => `${deployment} ${year}`).toSorted(),
    settings: settings.length,
  }
}

test('of each year and of the settings the newest mark stays, and a report that is asked again misses nothing', async () => {
  await using played = await openPlayedLedger()
  const { db } = played.ledger
  await forgetOldChanges(db)
  const memory = newFigureMemory()
  await play(played, FIRST, '2026-05-04T10:00:00Z')
  await noOlderTransaction(db)
  await ask(db, memory)
  for (const hour of [11, 12, 13]) await play(played, FIRST, `2026-05-04T${hour}:00:00Z`)
  await play(played, SECOND, '2026-05-04T10:00:00Z')
  for (const hoursPerYear of [1500, 1600])
    await addNorm(db, BY, {
      hospital: 'oost',
      name: 'own',
      hoursPerYear,
      validFrom: `2026-06-0${hoursPerYear / 100 - 14}`,
    })
  const years = [`${FIRST} 2026-01-01`, `${SECOND} 2026-01-01`]
  const before = await marks(db)
  expect(before.counts.filter((mark) => mark === years[0]).length).toBeGreaterThan(3)
  expect(before.settings).toBeGreaterThan(2)
  await forgetOldChanges(db)
  expect(await marks(db)).toEqual({ counts: years, settings: 1 })
  const again = await ask(db, memory)
  expect(again).toEqual(await ask(db))
  expect(again.hospitals[0]?.deployments.map(({ items }) => items.done)).toEqual([4, 1])
  expect(again.hospitals[0]?.norm.hoursPerYear).toBe(1600)
})

test('marks that came with the ledger from another server do not make its years look new for ever', async () => {
  await using played = await openPlayedLedger()
  const { db } = played.ledger
  const memory = newFigureMemory().years
  await play(played, FIRST, '2026-05-04T10:00:00Z')
  const newest = String(2n ** 60n)
  await sql`INSERT INTO count_change (xid, deployment, year) VALUES (${newest}::xid8, ${FIRST}, '2026-01-01')`.execute(
    db,
  )
  await sql`INSERT INTO settings_change VALUES (${newest}::xid8)`.execute(db)
  const sameAgain = async () => {
    const before = await readYears(db, memory)
    const after = await readYears(db, memory)
    return [after.years === before.years, after.settings === before.settings]
  }
  await noOlderTransaction(db)
  expect(await sameAgain()).toEqual([false, false])
  await forgetOldChanges(db)
  await noOlderTransaction(db)
  await readYears(db, memory)
  expect(await sameAgain()).toEqual([true, true])
})
