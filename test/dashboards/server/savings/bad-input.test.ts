import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { putDeployment } from '../../../../orchestrator/ledger/setup.ts'
import { localDate } from '../../../../orchestrator/triggers/calendar.ts'
import { dayAfter } from '../../../../orchestrator/savings/period.ts'
import { Made } from '../../../../dashboards/server/savings/measure-schemas.ts'
import { openTestServer, type TestServer } from '../open-server.ts'
import { seedSavings } from './seed-savings.ts'

let server: TestServer
beforeAll(async () => {
  server = await openTestServer()
  const { db } = server.installation
  await seedSavings(db)
  await putDeployment(db, {
    ...{ id: 'noord-other', hospital: 'noord', bot: 'planner', mode: 'live', settings: {}, systems: {} },
    ...{ responsible: 'u-1', outsideSeconds: 0, parkedShare: 0, triggers: [], baselines: [] },
  })
})
afterAll(() => server[Symbol.asyncDispose]())

const today = localDate(new Date(), 'Europe/Amsterdam')
const tomorrow = dayAfter(today)
const deployment = 'noord-counted'
const baseline = {
  ...{ deployment, variant: 'new-patient', minutes: 6, method: 'estimate', measuredBy: 'u-1' },
  ...{ measuredOn: '2026-01-05', validFrom: '2026-01-05', remeasureOn: '2027-01-05' },
}
const norm = { name: 'own', hoursPerYear: 1500, validFrom: '2026-02-01' }
const upkeep = { deployment, day: '2026-03-12', hours: 1, note: 'updated' }
const oneOff = { deployment, from: '2026-03-10', until: '2026-03-11', reason: 'backlog' }
const realised = {
  ...{ from: '2026-03-01', to: '2026-03-31', purpose: 'more-care', department: 'A', hours: 1 },
  signedName: 'B. Hoofd',
}
const part = { deployment, variant: 'plain', share: 0.5 }
const chain = {
  ...{ name: 'c', baselineDeployment: deployment, baselineVariant: 'plain', validFrom: '2027-01-01' },
  parts: [part, { ...part, deployment: 'zuid-counted' }],
}
const OTHERS = [part, { ...part, deployment: 'noord-other' }]
const businessCase = { bot: 'planner', itemsPerYear: 100, source: 'count' }
const score = {
  ...{ department: 'A', bot: 'planner', moment: 'before', measuredOn: '2026-03-01', respondents: 9 },
  score: '6.5',
}
const idea = { title: 'a', explanation: '', department: 'b', activity: 'planning' }
const cost = { bot: null, year: 2025, kind: 'hosting', euros: '10', note: '' }
const rate = { deployment, validFrom: '2025-01-01', functionGroup: 'FG 35', euros: '41.10' }
const group = { name: 'A', hours: '100', shares: [{ activity: 'planning', share: '0.5' }] }
const use = { source: 's', groups: [group] }

const NOBODY = '00000000-0000-4000-8000-000000000000'
const UNKNOWN = 'Field bot: there is no robot \\"plannr\\"'

const REPORTING = 'reported-items/deployments/elsewhere'
const reporting = {
  ...{ bot: 'elsewhere', activity: 'finance', responsible: 'u-1', outsideSeconds: 0, parkedShare: 0.3333 },
}

type Case = readonly [path: string, method: 'POST' | 'PUT', body: unknown, field: string]

/** Everything that is kept with some decimals. */
const AMOUNTS: readonly ((amount: number) => Case)[] = [
  (hours) => ['realised', 'POST', { ...realised, hours }, 'Field hours: '],
  (hours) => ['upkeep', 'POST', { ...upkeep, hours }, 'Field hours: '],
  (minutes) => ['baselines', 'POST', { ...baseline, minutes }, 'Field minutes: '],
  (hoursPerYear) => ['norms', 'POST', { ...norm, hoursPerYear }, 'Field hoursPerYear: '],
  (itemsPerYear) => ['business-cases', 'POST', { ...businessCase, itemsPerYear }, 'Field itemsPerYear: '],
  (minutes) => ['business-cases', 'POST', { ...businessCase, minutes }, 'Field minutes: '],
]

/** Path, method, body, and the field that the answer has to name. */
const CASES: readonly Case[] = [
  ['baselines', 'POST', { ...baseline, minutes: -3 }, 'minutes'],
  ['baselines', 'POST', { ...baseline, minutes: 0 }, 'minutes'],
  ['baselines', 'POST', { ...baseline, minutes: 1.00001 }, 'minutes'],
  ['baselines', 'POST', { ...baseline, minutes: 1e9 }, 'minutes'],
  ['baselines', 'POST', { ...baseline, measuredOn: tomorrow }, 'measuredOn'],
  ['baselines', 'POST', { ...baseline, measuredOn: '2026-02-30' }, 'measuredOn'],
  ['baselines', 'POST', { ...baseline, validFrom: dayAfter(today, 800) }, 'validFrom'],
  ['baselines', 'POST', { ...baseline, remeasureOn: '2025-01-01' }, 'remeasureOn'],
  ['baselines', 'POST', { ...baseline, method: 'stopwatch' }, 'n'],
  ['baselines', 'POST', { ...baseline, method: 'log', n: 0 }, 'n'],
  ['baselines', 'POST', { ...baseline, method: 'log', n: 1.5 }, 'n'],
  ['baselines', 'POST', { ...baseline, method: 'log', n: 9, spreadMinutes: -1 }, 'spreadMinutes'],
  ['baselines', 'POST', { ...baseline, variant: ' ' }, 'variant'],
  ['baselines', 'POST', { ...baseline, variant: 'newpatient' }, 'no variant \\"newpatient\\"'],
  ['baselines', 'POST', { ...baseline, measuredBy: '' }, 'measuredBy'],
  ['baselines', 'POST', { ...baseline, deployment: 'none' }, 'deployment'],
  ['baselines', 'POST', { ...baseline, deployment: 'zuid-counted' }, 'deployment'],
  ['baselines', 'POST', { ...baseline, variant: 'plain', validFrom: '2025-01-01' }, 'validFrom'],
  ['baselines', 'POST', { ...baseline, variant: 'plain', validFrom: '2026-03-11' }, 'validFrom'],
  ['norms', 'POST', { ...norm, hoursPerYear: 0 }, 'hoursPerYear'],
  ['norms', 'POST', { ...norm, hoursPerYear: -1 }, 'hoursPerYear'],
  ['norms', 'POST', { ...norm, hoursPerYear: 9000 }, 'hoursPerYear'],
  ['norms', 'POST', { ...norm, name: '' }, 'name'],
  ['norms', 'POST', { ...norm, validFrom: '2025-01-01' }, 'validFrom'],
  ['norms', 'POST', { ...norm, validFrom: '2026-13-01' }, 'validFrom'],
  [
    'norms',
    'POST',
    { ...norm, validFrom: '1999-01-01' },
    'validFrom: 1999-01-01 is not a day from 2000-01-01',
  ],
  ['norms', 'POST', { ...norm, validFrom: dayAfter(today, 367) }, 'is more than a year ahead'],
  ['upkeep', 'POST', { ...upkeep, hours: -1 }, 'hours'],
  ['upkeep', 'POST', { ...upkeep, hours: 0 }, 'hours'],
  ['upkeep', 'POST', { ...upkeep, hours: 25 }, 'hours'],
  ['upkeep', 'POST', { ...upkeep, day: tomorrow }, 'day'],
  ['upkeep', 'POST', { ...upkeep, note: '' }, 'note'],
  ['upkeep', 'POST', { ...upkeep, deployment: 'zuid-counted' }, 'deployment'],
  ['one-offs', 'POST', { ...oneOff, until: '2026-03-01' }, 'until'],
  ['one-offs', 'POST', { ...oneOff, from: '2026-02-30' }, 'from'],
  ['one-offs', 'POST', { ...oneOff, reason: '' }, 'reason'],
  ['realised', 'POST', { ...realised, hours: 99 }, 'hours'],
  ['realised', 'POST', { ...realised, hours: -1 }, 'hours'],
  ['realised', 'POST', { ...realised, hours: 0 }, 'hours'],
  ['realised', 'POST', { ...realised, hours: 0.001 }, 'hours'],
  ['realised', 'POST', { ...realised, from: '2026-04-01' }, 'to'],
  ['realised', 'POST', { ...realised, to: today }, 'to'],
  ['realised', 'POST', { ...realised, from: '2025-12-01' }, 'to'],
  ['realised', 'POST', { ...realised, signedName: ' ' }, 'signedName'],
  ['realised', 'POST', { ...realised, department: '' }, 'department'],
  ['realised/999999/withdraw', 'POST', { reason: 'x' }, 'id'],
  ['realised/99999999999/withdraw', 'POST', { reason: 'x' }, 'id'],
  ['chains', 'POST', { ...chain, parts: [{ ...part, share: 1.5 }] }, 'parts'],
  ['chains', 'POST', { ...chain, parts: [part] }, 'parts'],
  ['chains', 'POST', { ...chain, parts: [part, { ...part, deployment: 'x', share: 0.6 }] }, 'parts'],
  ['chains', 'POST', { ...chain, parts: [part, { ...part, deployment: 'x', share: -0.5 }] }, 'parts'],
  ['chains', 'POST', { ...chain, parts: [part, { ...part, deployment: 'none' }] }, 'parts'],
  ['chains', 'POST', chain, 'parts'],
  ['chains', 'POST', { ...chain, parts: OTHERS, validFrom: '9999-01-01' }, 'validFrom: 9999-01-01'],
  ['chains', 'POST', { ...chain, parts: OTHERS, validFrom: dayAfter(today, 367) }, 'a year ahead'],
  ['chains', 'POST', { ...chain, baselineDeployment: 'none' }, 'baselineDeployment'],
  ['chains', 'POST', { ...chain, parts: OTHERS, baselineVariant: 'none' }, 'baselineVariant'],
  ['business-cases', 'POST', { ...businessCase, itemsPerYear: -1 }, 'itemsPerYear'],
  ['business-cases', 'POST', { ...businessCase, itemsPerYear: 0 }, 'itemsPerYear'],
  ['business-cases', 'POST', { ...businessCase, itemsPerYear: 1.5 }, 'itemsPerYear'],
  ['business-cases', 'POST', { ...businessCase, minutes: 0 }, 'minutes'],
  ['business-cases', 'POST', { ...businessCase, source: ' ' }, 'source'],
  ['business-cases', 'POST', { ...businessCase, bot: 'plannr' }, UNKNOWN],
  [`adoption/plannr/${today}`, 'PUT', { phase: 'idea' }, UNKNOWN],
  ['rounds/2026-1/plannr', 'PUT', { planned: true }, UNKNOWN],
  ['rounds/9999-1/planner', 'PUT', { planned: true }, 'round'],
  [`adoption/planner/${tomorrow}`, 'PUT', { phase: 'live' }, 'since'],
  ['adoption/planner/2026-02-30', 'PUT', { phase: 'live' }, 'since'],
  ['adoption/planner/2026-03-01', 'PUT', { phase: 'gone' }, 'phase'],
  ['rounds/2026-3/planner', 'PUT', { planned: true }, 'round'],
  ['rounds/0000-1/planner', 'PUT', { planned: true }, 'round'],
  ['rounds/2026-1/Planner!', 'PUT', { planned: true }, 'bot'],
  ['rounds/2026-1/planner', 'PUT', { planned: 'ja' }, 'planned'],
  ['pleasure', 'PUT', { ...score, score: '0.9' }, 'score'],
  ['pleasure', 'PUT', { ...score, score: '10.1' }, 'score'],
  ['pleasure', 'PUT', { ...score, score: '7,9' }, 'score'],
  ['pleasure', 'PUT', { ...score, respondents: 0 }, 'respondents'],
  ['pleasure', 'PUT', { ...score, respondents: -4 }, 'respondents'],
  ['pleasure', 'PUT', { ...score, respondents: 3_000_000_000 }, 'respondents'],
  ['pleasure', 'PUT', { ...score, measuredOn: tomorrow }, 'measuredOn'],
  ['pleasure', 'PUT', { ...score, bot: 'plannr' }, UNKNOWN],
  ['ideas', 'POST', { ...idea, title: '' }, 'title'],
  [`ideas/${NOBODY}/decision`, 'PUT', { state: 'chosen', bot: 'plannr', reply: '' }, UNKNOWN],
  ['ideas', 'POST', { ...idea, activity: 'sleeping' }, 'activity'],
  ['costs', 'POST', { ...cost, euros: '-1' }, 'euros'],
  ['costs', 'POST', { ...cost, euros: '0' }, 'euros'],
  ['costs', 'POST', { ...cost, euros: '0.001' }, 'euros'],
  ['costs', 'POST', { ...cost, euros: '99999999999' }, 'euros'],
  ['costs', 'POST', { ...cost, year: 1999 }, 'year'],
  ['costs', 'POST', { ...cost, year: 2090 }, 'year'],
  ['costs', 'POST', { ...cost, bot: 'plannr' }, UNKNOWN],
  ['rates', 'PUT', { ...rate, euros: '0' }, 'euros'],
  ['rates', 'PUT', { ...rate, euros: '9999999999' }, 'euros'],
  ['rates', 'PUT', { ...rate, validFrom: '2025-02-29' }, 'validFrom'],
  ['rates', 'PUT', { ...rate, validFrom: dayAfter(today, 367) }, 'is more than a year ahead'],
  ['rates', 'PUT', { ...rate, validFrom: '9999-01-01' }, 'validFrom: 9999-01-01 is not a day from'],
  ['rates', 'PUT', { ...rate, validFrom: '1999-01-01' }, 'validFrom: 1999-01-01 is not a day from'],
  ['rates', 'PUT', { ...rate, deployment: 'zuid-counted' }, 'deployment'],
  ['time-use/2025', 'PUT', { ...use, source: ' ' }, 'source'],
  ['time-use/2025', 'PUT', { ...use, groups: [group, group] }, 'groups.2.name'],
  ['time-use/2025', 'PUT', { ...use, groups: [{ ...group, hours: '0' }] }, 'groups.1.hours'],
  ['time-use/2025', 'PUT', { ...use, groups: [{ ...group, shares: [] }] }, 'groups.1.shares'],
  [
    'time-use/2025',
    'PUT',
    {
      ...use,
      groups: [{ ...group, shares: [...group.shares, { activity: 'logistics', share: '0.5001' }] }],
    },
    'groups.1.shares',
  ],
  ['time-use/1999', 'PUT', use, 'year'],
  ...[1e-10, 1e-320, 1.000_000_000_1].flatMap((amount) => AMOUNTS.map((asked) => asked(amount))),
  [REPORTING, 'PUT', { ...reporting, parkedShare: 0.33335 }, 'parkedShare: write at most 4 decimals'],
]

describe('what cannot be is refused with the field and kept nowhere', () => {
  test.each(CASES)('%s %s %j names %s', async (path, method, body, field) => {
    const client = await server.as(['administrator', 'programme'], 'noord')
    const answer = await client.fetch(`/api/hospitals/noord/${path}`, { method, body })
    const text = await answer.text()
    expect(`${answer.status} ${text}`).toMatch(/^40[049] /)
    expect(text).toContain(field)
  })
})

test('a sign that no text has is replaced, as in all that the ledger keeps', async () => {
  const client = await server.as(['administrator', 'programme'], 'noord')
  const bodies = [
    ['upkeep', 'POST', { ...upkeep, day: '2025-03-12', note: 'a\0b' }],
    ['norms', 'POST', { ...norm, name: 'a\0b' }],
    ['ideas', 'POST', { ...idea, explanation: 'a\0b' }],
    ['pleasure', 'PUT', { ...score, department: 'a\0b' }],
    ['time-use/2025', 'PUT', { ...use, groups: [{ ...group, name: 'a\0b' }] }],
  ] as const
  for (const [path, method, body] of bodies) {
    const answer = await client.fetch(`/api/hospitals/noord/${path}`, { method, body })
    expect(answer.status, `${path} ${await answer.text()}`).toBe(200)
    const read = path === 'norms' ? 'baselines' : path
    const where = ['ideas', 'pleasure'].includes(path) ? '/api/programme' : '/api/hospitals/noord'
    expect(await (await client.fetch(`${where}/${read}`)).text()).toContain('a\uFFFDb')
  }
})

test('what was signed is withdrawn once, and cannot be signed above what is left by a hundredth', async () => {
  const client = await server.as(['administrator', 'programme'], 'noord')
  const sign = (hours: number) =>
    client.fetch('/api/hospitals/noord/realised', { method: 'POST', body: { ...realised, hours } })
  // 40 items of 6 minutes, less 2 minutes of people and an hour of upkeep: 2.9666 hours.
  expect(await (await sign(2.97)).text()).toContain('give at most 2.96')
  const { id } = await client.ask(Made, '/api/hospitals/noord/realised', {
    ...{ method: 'POST', body: { ...realised, hours: 2.96 } },
  })
  expect(await (await sign(0.01)).text()).toContain('Field hours')
  const withdraw = () =>
    client.fetch(`/api/hospitals/noord/realised/${id}/withdraw`, { method: 'POST', body: { reason: 'x' } })
  expect((await withdraw()).status).toBe(200)
  const again = await withdraw()
  expect([again.status, await again.text()]).toEqual([404, expect.stringContaining('Field id')])
  expect((await sign(2.96)).status).toBe(200)
})
