import { sql } from 'kysely'
import { expect, test } from 'vitest'
import { CountedItems } from '../../../../dashboards/server/savings/counted-items-schemas.ts'
import { openTestServer } from '../open-server.ts'
import { seedSavings } from './seed-savings.ts'

test('the items of a count come a hundred at a time, those that counted otherwise apart, with the time of people', async () => {
  await using server = await openTestServer()
  const { deployment } = await seedSavings(server.installation.db)
  await sql`WITH made AS (
    INSERT INTO item (hospital, deployment, reference, case_reference, data, marker, state, outcome, variant)
    SELECT 'noord', ${deployment}, 'M-' || n, 'M-' || n, '{}', 'OR-MANY-' || n, 'done', 'done', 'plain'
    FROM generate_series(1, 150) n RETURNING id, reference
  )
  INSERT INTO event (item, at, kind, attempt, fence, code, detail)
  SELECT id, '2026-05-06T09:00:00Z'::timestamptz, 'done', 1, 1, 'done', jsonb_build_object('variant', 'plain', 'share', 1)
    || CASE WHEN reference IN ('M-7', 'M-77') THEN '{"leftOut": "elsewhere"}'::jsonb ELSE '{}' END FROM made
  UNION ALL SELECT id, '2026-05-06T08:00:00Z'::timestamptz, 'parked', 1, 1, 'rule', '{"kind": "business", "humanSeconds": 90}'::jsonb FROM made
    WHERE reference = 'M-1'`.execute(server.installation.db)
  const auditor = await server.as('auditor', 'noord')
  const ask = (change: Record<string, string>) => {
    const asked = { deployment, day: '2026-05-06', variant: 'plain', outcome: 'done', ...change }
    const search = new URLSearchParams(asked).toString()
    return auditor.ask(CountedItems, `/api/hospitals/noord/savings/items?${search}`)
  }
  const first = await ask({ kind: 'regular' })
  const second = await ask({ kind: 'regular', cursor: first.next ?? '' })
  expect([first.rows.length, second.rows.length, second.next]).toEqual([100, 48, null])
  expect(new Set([...first.rows, ...second.rows].map(({ id }) => id)).size).toBe(148)
  const leftOut = await ask({ kind: 'left-out' })
  expect(leftOut.rows.map(({ claimedBy }) => claimedBy)).toEqual(['elsewhere', 'elsewhere'])
  expect((await ask({ variant: '', outcome: 'parked' })).rows).toMatchObject([{ humanSeconds: 90 }])
})
