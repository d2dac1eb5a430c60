import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { openTestServer, type TestServer } from '../open-server.ts'
import { seedSavings } from './seed-savings.ts'

let server: TestServer
beforeAll(async () => {
  server = await openTestServer()
  await seedSavings(server.installation.db)
})
afterAll(() => server[Symbol.asyncDispose]())

const HOSPITAL = '/api/hospitals/noord'
const COUNT = 'deployment=noord-counted&variant=plain&outcome=done&kind=regular'

/** Everything that is asked, or taken away, by a day: the path with it, and the name of its field. */
const ASKED: readonly (readonly ['GET' | 'DELETE', (day: string) => string, field: string])[] = [
  ['GET', (day) => `${HOSPITAL}/savings/items?${COUNT}&day=${day}`, 'day'],
  ['GET', (day) => `${HOSPITAL}/savings/upkeep?from=${day}&to=2026-03-31`, 'from'],
  ['GET', (day) => `${HOSPITAL}/savings/explain?measure=net-hours&from=2026-03-01&to=${day}`, 'to'],
  ['GET', (day) => `${HOSPITAL}/realised/signable?from=${day}&to=2026-03-31`, 'from'],
  ['GET', (day) => `${HOSPITAL}/baselines/1/end?until=${day}`, 'until'],
  ['GET', (day) => `${HOSPITAL}/chains/1/end?until=${day}`, 'until'],
  ['DELETE', (day) => `${HOSPITAL}/norms/${day}`, 'validFrom'],
  ['DELETE', (day) => `${HOSPITAL}/rates/noord-counted/${day}`, 'validFrom'],
  ['DELETE', (day) => `${HOSPITAL}/adoption/planner/${day}`, 'since'],
  ['DELETE', (day) => `${HOSPITAL}/closing-days/${day}`, 'day'],
  ['GET', (day) => `/api/programme/savings?from=${day}&to=2026-03-31`, 'from'],
  ['GET', (day) => `/api/programme/savings/trend?from=${day}&to=2026-03-31`, 'from'],
  ['GET', (day) => `/api/programme/report?from=${day}&to=2026-03-31&format=csv`, 'from'],
]

describe.each(ASKED)('%s %s', (method, path, field) => {
  const ask = async (day: string) => {
    const client = await server.as(['administrator', 'programme'], 'noord')
    const answer = await client.fetch(path(day), { method })
    return `${answer.status} ${await answer.text()}`
  }

  test.each(['2026-02-30', '2026-99-99', '2027-02-29', '0000-01-01', '0999-12-31', '26-01-01'])(
    'refuses %s and names the field',
    async (day) => {
      expect(await ask(day)).toMatch(new RegExp(`^400 .*Field ${field}: must be (a date|of the year)`))
    },
  )

  test.each(['1000-01-01', '9999-12-31'])('foresees %s', async (day) => {
    expect(await ask(day)).toMatch(/^(200|400|404) /)
  })
})
