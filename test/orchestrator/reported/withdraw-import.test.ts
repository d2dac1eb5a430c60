import { sql } from 'kysely'
import { describe, expect, test } from 'vitest'
import { addItems, claimItem } from '../../../orchestrator/ledger/items.ts'
import { parkItem } from '../../../orchestrator/ledger/parking.ts'
import { cancelItem } from '../../../orchestrator/ledger/people.ts'
import { readImports } from '../../../orchestrator/reported/imports.ts'
import { withdrawImport } from '../../../orchestrator/reported/withdraw-import.ts'
import { recount } from '../../../orchestrator/savings/recount.ts'
import { AROUND_NOW } from '../../around-now.ts'
import { failureOf } from '../programme/programme-ledger.ts'
import { countsOf, MARCH, openImportLedger, take, WHY } from './import-ledger.ts'

const LINES = [
  'oost-invoices,F-1,plain,done,2026-03-10T10:00:00Z,,',
  'oost-invoices,F-2,plain,done,2026-03-31T22:30:00Z,2.5,',
  'oost-invoices,F-3,plain,nothing,2026-03-11T10:00:00Z,,',
  'oost-invoices,F-4,plain,by-hand,2026-03-12T10:00:00Z,5,zaak-4',
]

describe('an import that is withdrawn', () => {
  test('counts as if it had never come, and its history stays', async () => {
    await using ledger = await openImportLedger()
    await take(ledger.db, 'oost-invoices,F-0,plain,done,2026-03-31T10:00:00Z,,')
    const before = await countsOf(ledger.db)
    const id = await take(ledger.db, ...LINES)
    expect(await countsOf(ledger.db)).not.toEqual(before)
    expect(await withdrawImport(ledger.db, { ...WHY, id })).toEqual({
      withdrawn: 4,
      countAgain: 0,
      leftOut: 0,
    })
    expect(await countsOf(ledger.db)).toEqual(before)
    expect(await recount(ledger.db, { from: '2026-03-01', to: '2026-04-30' })).toEqual([])
    const { rows } =
      await sql`SELECT i.state, i.sentence, array_agg(e.kind ORDER BY e.id) AS kinds FROM item i
      JOIN event e ON e.item = i.id WHERE i.import = ${id} GROUP BY i.id ORDER BY i.reference`.execute(
        ledger.db,
      )
    const gone = { state: 'cancelled', sentence: 'test data' }
    expect(rows).toEqual([
      { ...gone, kinds: ['done', 'withdrawn'] },
      { ...gone, kinds: ['done', 'withdrawn'] },
      { ...gone, kinds: ['done', 'withdrawn'] },
      { ...gone, kinds: ['parked', 'done', 'withdrawn'] },
    ])
    const [own] = await readImports(ledger.db, { hospital: 'oost', limit: 10 })
    expect(own).toMatchObject({
      id,
      items: 4,
      withdrawn: { by: 'account-1', name: 'A. de Boer', reason: 'test data' },
    })
    expect(own?.deployments).toEqual([
      { deployment: 'oost-invoices', items: 4, from: '2026-03-10', to: '2026-04-01' },
    ])
  })

  test('takes no day away on which a person looked at an item of our own for less than a second', async () => {
    await using ledger = await openImportLedger()
    const { db } = ledger
    const own = { reference: 'own', caseReference: 'own', data: {} }
    const { queued } = await addItems(db, { hospital: 'oost', deployment: 'oost-invoices', run: null }, [own])
    const worker = '018f0000-0000-7000-8000-000000000001'
    const row = await claimItem(db, queued[0] ?? '', worker, 60)
    const hold = { item: row?.id ?? '', fence: row?.fence ?? 0, worker }
    await parkItem(db, hold, { kind: 'business', code: 'rule', sentence: 'no' }, [])
    await cancelItem(db, { item: hold.item, account: 'account-1', humanSeconds: 0 }, 'not ours')
    const before = await countsOf(db)
    await withdrawImport(db, { ...WHY, id: await take(db, ...LINES) })
    expect(await countsOf(db)).toEqual(before)
    expect(await recount(db, AROUND_NOW)).toEqual([])
  })

  test('leaves no trace of a deployment that nothing else was reported into', async () => {
    await using ledger = await openImportLedger()
    const before = await countsOf(ledger.db)
    const id = await take(ledger.db, ...LINES)
    await withdrawImport(ledger.db, { ...WHY, id })
    expect(await countsOf(ledger.db)).toEqual(before)
  })

  test('can be taken in again, the same file and all', async () => {
    await using ledger = await openImportLedger()
    const id = await take(ledger.db, ...LINES)
    const once = await countsOf(ledger.db)
    const again = await failureOf(take(ledger.db, ...LINES))
    expect(again).toMatchObject({ code: 'import-known' })
    expect(again.message).toContain(`import ${id} on `)
    await withdrawImport(ledger.db, { ...WHY, id })
    await take(ledger.db, ...LINES)
    expect(await countsOf(ledger.db)).toEqual(once)
    expect(await recount(ledger.db, { from: '2026-03-01', to: '2026-04-30' })).toEqual([])
  })

  test('gives the cases that it claimed to whoever did them first of the others, who count from then on', async () => {
    await using ledger = await openImportLedger()
    const id = await take(ledger.db, 'oost-invoices,F-1,plain,done,2026-03-10T10:00:00Z,,zaak-1')
    await take(ledger.db, 'oost-second,S-1,plain,done,2026-03-11T10:00:00Z,,zaak-1')
    await take(ledger.db, 'oost-third,T-1,plain,done,2026-03-12T10:00:00Z,,zaak-1')
    expect(await withdrawImport(ledger.db, { ...WHY, id })).toEqual({
      withdrawn: 1,
      countAgain: 1,
      leftOut: 0,
    })
    expect(await recount(ledger.db, MARCH)).toEqual([])
    const { rows } =
      await sql`SELECT i.reference, c.kind FROM credit c JOIN item i ON i.id = c.item ORDER BY 1`.execute(
        ledger.db,
      )
    expect(rows).toEqual([
      { reference: 'F-1', kind: 'withdrawn' },
      { reference: 'S-1', kind: 'regular' },
      { reference: 'T-1', kind: 'left-out' },
    ])
    // Who is left out says so of the deployment that counts the case now.
    const { rows: told } =
      await sql`SELECT i.reference, e.detail ->> 'leftOut' AS by FROM event e JOIN item i ON i.id = e.item
      WHERE e.kind = 'reweighed' ORDER BY 1`.execute(ledger.db)
    expect(told).toEqual([
      { reference: 'S-1', by: null },
      { reference: 'T-1', by: 'oost-second' },
    ])
    const back = await take(ledger.db, 'oost-invoices,F-1,plain,done,2026-03-10T10:00:00Z,,zaak-1')
    expect(await recount(ledger.db, MARCH)).toEqual([])
    expect(await withdrawImport(ledger.db, { ...WHY, id: back })).toMatchObject({ countAgain: 0 })
    expect(await recount(ledger.db, MARCH)).toEqual([])
  })

  test('asks for a reason and a name, and is withdrawn once, at its own hospital', async () => {
    await using ledger = await openImportLedger()
    const id = await take(ledger.db, ...LINES)
    const tried = async (given: Partial<typeof WHY & { id: number }>) =>
      (await failureOf(withdrawImport(ledger.db, { ...WHY, id, ...given }))).code
    expect(await tried({ reason: ' ' })).toBe('text-invalid')
    expect(await tried({ name: '' })).toBe('text-invalid')
    expect(await tried({ hospital: 'west' })).toBe('not-found')
    expect(await tried({ id: 999 })).toBe('not-found')
    await withdrawImport(ledger.db, { ...WHY, id })
    expect(await tried({})).toBe('import-withdrawn')
  })
})
