import { expect, test } from 'vitest'
import { reportItems } from '../../../orchestrator/reported/report-items.ts'
import { withdrawImport } from '../../../orchestrator/reported/withdraw-import.ts'
import { recount } from '../../../orchestrator/savings/recount.ts'
import { finish, HOSPITAL, openClaiming } from '../savings/claiming.ts'
import { countsOf, MARCH, openImportLedger, REPORTING, rowsOf, take, WHY } from './import-ledger.ts'

const LINES = Array.from(
  { length: 40 },
  (_, n) =>
    `oost-invoices,F-${n},plain,${n % 4 === 0 ? 'by-hand' : 'done'},2026-03-1${n % 10}T10:00:00Z,1,zaak-${n % 15}`,
)
const OTHERS = LINES.map((line) => line.replaceAll('invoices,F', 'second,S'))

test('two who withdraw the same import at once: one does, the other is told', async () => {
  await using ledger = await openImportLedger()
  const before = await countsOf(ledger.db)
  const id = await take(ledger.db, ...LINES)
  const ended = await Promise.allSettled([1, 2, 3].map(() => withdrawImport(ledger.db, { ...WHY, id })))
  expect(ended.filter(({ status }) => status === 'fulfilled')).toHaveLength(1)
  const told = ended.flatMap((one) => (one.status === 'rejected' ? [String(one.reason)] : []))
  expect(told).toEqual(Array(2).fill(expect.stringContaining('was withdrawn already')))
  expect(await countsOf(ledger.db)).toEqual(before)
})

test('the same items reported while they are withdrawn, under recounts: they count once or not at all', async () => {
  await using ledger = await openImportLedger()
  const { db } = ledger
  await take(db, ...OTHERS)
  let id = await take(db, ...LINES)
  let counting = true
  const recounting = (async () => {
    const found = []
    while (counting) found.push(...(await recount(db, MARCH)))
    return found
  })()
  const outcomes = new Set<string>()
  for (let round = 0; round < 12; round++) {
    const [withdrawn, again] = await Promise.allSettled([
      withdrawImport(db, { ...WHY, id }),
      // Not the very same rows, which would be refused as a known import and not for its cases.
      reportItems(db, rowsOf(...LINES.toReversed()), REPORTING),
    ])
    expect(withdrawn.status).toBe('fulfilled')
    outcomes.add(again.status)
    if (again.status === 'fulfilled') id = again.value.imports[0]?.id ?? 0
    else {
      expect(String(again.reason)).toMatch(/row-known|already/)
      id = await take(db, ...LINES)
    }
  }
  counting = false
  expect(await recounting).toEqual([])
  expect(outcomes.size).toBeGreaterThan(0)
  expect(await recount(db, MARCH)).toEqual([])
  // Whatever came in between, what is left is what the two imports give in the order of the last ones.
  await using fresh = await openImportLedger()
  await take(fresh.db, ...OTHERS)
  await take(fresh.db, ...LINES)
  expect(await countsOf(db)).toEqual(await countsOf(fresh.db))
})

test('robots that finish items of the same cases while an import is withdrawn: nothing is counted twice or by nobody', async () => {
  await using claiming = await openClaiming()
  const { db } = claiming
  for (let round = 0; round < 6; round++) {
    const cases = Array.from({ length: 8 }, (_, n) => `C-${round}-${n}`)
    const rows = cases.map((of, place) => ({
      number: place + 1,
      row: {
        ...{ deployment: 'check', reference: of, variant: 'plain', outcome: 'done' as const, case: of },
        completedAt: new Date(),
      },
    }))
    const { imports } = await reportItems(db, rows, {
      hospitals: [HOSPITAL],
      account: 'robot-9',
      now: new Date(),
    })
    const holds = []
    for (const of of cases) holds.push(await claiming.hold('letter', of), await claiming.hold('intake', of))
    const id = imports[0]?.id ?? 0
    await Promise.all([
      withdrawImport(db, { ...WHY, id, hospital: HOSPITAL }),
      ...holds.map((hold) => finish(db, hold)),
    ])
    expect(await claiming.differences()).toEqual([])
  }
  const { letter, intake, check } = await claiming.counted()
  expect(check).toEqual([0, 0])
  // 48 cases of 6 minutes, each counted by one of the two and left out by the other.
  const [gross = 0, leftOut = 0] = [0, 1].map((of) => (letter?.[of] ?? 0) + (intake?.[of] ?? 0))
  expect([gross, leftOut]).toEqual([48 * 6, 48])
})

test('an import that is broken off half-way leaves nothing', async () => {
  await using ledger = await openImportLedger()
  const before = await countsOf(ledger.db)
  const broken = ledger.db.transaction().execute(async (tx) => {
    await reportItems(tx, rowsOf(...LINES), REPORTING)
    throw new Error('the connection went away')
  })
  await expect(broken).rejects.toThrow('went away')
  expect(await countsOf(ledger.db)).toEqual(before)
  await take(ledger.db, ...LINES)
  expect(await recount(ledger.db, MARCH)).toEqual([])
})
