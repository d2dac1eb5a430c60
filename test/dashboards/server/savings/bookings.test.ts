import { expect, test } from 'vitest'
import type { z } from 'zod'
import { Bookings } from '../../../../dashboards/server/savings/booking-schemas.ts'
import { Made, UpkeepList } from '../../../../dashboards/server/savings/measure-schemas.ts'
import { dayAfter } from '../../../../orchestrator/savings/period.ts'
import { openTestServer } from '../open-server.ts'
import { seedSavings } from './seed-savings.ts'

test('bookings are followed by who reads figures; the programme is told no name and no reason', async () => {
  await using server = await openTestServer()
  const { deployment } = await seedSavings(server.installation.db)
  const path = `/api/hospitals/noord/savings/upkeep?from=2026-03-01&to=2026-03-31`
  const auditor = await server.as('auditor', 'noord')
  expect(await auditor.ask(Bookings, `${path}&deployment=${deployment}`)).toEqual({
    sums: { regular: 1, 'one-off': 0, withdrawn: 0 },
    rows: [{ deployment, day: '2026-03-12', hours: '1.00', kind: 'regular', note: '', bookedBy: 'u-1' }],
    more: false,
  })
  expect((await auditor.ask(Bookings, `${path}&deployment=zuid-counted`)).rows).toEqual([])
  const office = await server.as('programme', 'noord')
  const told = await office.ask(Bookings, path)
  expect(told.rows).toMatchObject([{ hours: '1.00', note: null, bookedBy: null }])
  // Nor on the page on which hours are booked.
  const { rows: booked } = await office.ask(UpkeepList, '/api/hospitals/noord/upkeep')
  expect(booked).toMatchObject([{ hours: '1.00', note: null, bookedBy: null }])
  expect((await auditor.ask(UpkeepList, '/api/hospitals/noord/upkeep')).rows).toMatchObject([
    { bookedBy: 'u-1' },
  ])
  expect((await (await server.as('it', 'noord')).fetch(path)).status).toBe(403)
  expect((await (await server.as('auditor', 'zuid')).fetch(path)).status).toBe(403)
  const backwards = await auditor.fetch('/api/hospitals/noord/savings/upkeep?from=2026-03-31&to=2026-03-01')
  expect([backwards.status, await backwards.json()]).toMatchObject([
    400,
    { error: { code: expect.any(String) } },
  ])
})

test('bookings are listed page by page, the newest days first, down to the oldest', async () => {
  await using server = await openTestServer()
  await seedSavings(server.installation.db)
  const administrator = await server.as('administrator', 'noord')
  const path = '/api/hospitals/noord/upkeep'
  const { rows: before } = await administrator.ask(UpkeepList, path)
  // Two on each day, so that a page ends between two of one day.
  for (let n = 0; n < 101; n += 1) {
    const day = dayAfter('2026-01-01', Math.floor(n / 2))
    const body = { deployment: 'noord-counted', day, hours: 1, note: `note ${n}` }
    await administrator.ask(Made, path, { method: 'POST', body })
  }
  const all: (string | null)[] = []
  let next: string | null = ''
  while (next !== null) {
    const page: z.output<typeof UpkeepList> = await administrator.ask(
      UpkeepList,
      `${path}${next && `?cursor=${next}`}`,
    )
    expect(page.rows.length).toBeLessThanOrEqual(50)
    all.push(...page.rows.map(({ note }) => note))
    next = page.next
  }
  expect(all).toHaveLength(before.length + 101)
  const own = all.filter((note) => note?.startsWith('note '))
  expect(own).toEqual(Array.from({ length: 101 }, (_, n) => `note ${100 - n}`))
})
