import { sql } from 'kysely'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { admit } from '../../../dashboards/server/admit.ts'
import { ALL_ROLES, type AnyRole } from '../../../orchestrator/ledger/roles.ts'
import type { LedgerDatabase } from '../../../orchestrator/ledger/tables.ts'
import { HOSPITALS, openSeenLedger, type SeenLedger } from '../../orchestrator/ledger/seen-ledger.ts'

let ledger: SeenLedger

beforeAll(async () => {
  ledger = await openSeenLedger()
})
afterAll(() => ledger[Symbol.asyncDispose]())

/** What a role must see of its hospital, told here once more: not taken from the product. A colleague sees none of it, and a reporter what it writes to. */
const OF_OTHERS = ['deployment', 'system', 'secret', 'norm', 'upkeep']
const OF_ITEMS = ['item', 'event', 'act', 'evidence', 'alarm', 'message', 'message_id']
const SEES_ITEMS: Readonly<Record<AnyRole, boolean>> = {
  administrator: true,
  it: true,
  auditor: true,
  programme: false,
  colleague: false,
  reporter: true,
}

/** How many rows are seen, of all and of those that name the other hospital. */
async function seen(db: LedgerDatabase, table: string): Promise<number> {
  const { rows } = await sql<{ n: number }>`SELECT count(*) AS n FROM ${sql.table(table)}`.execute(db)
  return rows[0]?.n ?? 0
}

/** The ledger as a request of somebody with this role at a hospital gets it. */
function asRequest(role: AnyRole, hospital: string, asked?: string): LedgerDatabase {
  const grants = new Map([[hospital, new Set([role])]])
  const caller = { kind: 'person' as const, account: 'a', name: 'a', language: 'nl' as const, grants }
  return ledger.seenBy(admit({ roles: ALL_ROLES }, { caller, session: 'one', hasSecondFactor: true }, asked))
}

describe.each(ALL_ROLES)('%s, asking the database itself', (role) => {
  test.each([...OF_OTHERS, ...OF_ITEMS])(
    'sees in %s what is of the hospital and what the role may',
    async (table) => {
      const all = await seen(ledger.db, table)
      const expected = (OF_OTHERS.includes(table) && role !== 'colleague') || SEES_ITEMS[role] ? all / 2 : 0
      expect(all).toBeGreaterThanOrEqual(2)
      for (const hospital of HOSPITALS) {
        expect(await seen(asRequest(role, hospital), table)).toBe(expected)
        expect(await seen(asRequest(role, hospital, hospital), table)).toBe(expected)
      }
    },
  )

  test('is not let in for a hospital that is not theirs', () => {
    expect(() => asRequest(role, 'noord', 'zuid')).toThrow('no role for this here')
  })
})
