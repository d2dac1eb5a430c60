import { expect, test } from 'vitest'
import { Done } from '../../../dashboards/server/door/account-schemas.ts'
import { AdoptionMatrix, Rounds } from '../../../dashboards/server/programme/adoption-schemas.ts'
import { IdeaMade, Ideas, PleasureScores } from '../../../dashboards/server/programme/idea-schemas.ts'
import {
  ActivityUse,
  CostMade,
  Money,
  TimeUseFound,
  Value,
} from '../../../dashboards/server/programme/value-schemas.ts'
import { putDeployment } from '../../../orchestrator/ledger/setup.ts'
import { openTestServer } from './open-server.ts'

const put = (body: unknown) => ({ method: 'PUT', body }) as const
const post = (body: unknown) => ({ method: 'POST', body }) as const

test('the programme office keeps adoption and rounds of its own hospital, and sees no other', async () => {
  await using server = await openTestServer()
  const north = await server.as('programme', 'noord')
  const south = await server.as('programme', 'zuid')
  await north.ask(Done, '/api/hospitals/noord/adoption/referral-intake/2026-03-01', put({ phase: 'live' }))
  await north.ask(Done, '/api/hospitals/noord/rounds/2026-1/referral-intake', put({ planned: true }))
  const matrix = await north.ask(AdoptionMatrix, '/api/programme/adoption')
  expect(matrix.hospitals).toEqual([{ id: 'noord', name: 'Ziekenhuis noord' }])
  expect(matrix.bots.map(({ name }) => name)).toContain('insurance-check')
  expect(matrix.adoption).toMatchObject([{ bot: 'referral-intake', phases: [{ phase: 'live' }] }])
  expect((await north.ask(Rounds, '/api/programme/rounds')).at(-1)).toMatchObject({
    id: '2026-1',
    planned: [{ hospital: 'noord' }],
    live: [{ since: '2026-03-01' }],
  })
  expect((await south.ask(AdoptionMatrix, '/api/programme/adoption')).adoption).toEqual([])
  const refused = await south.fetch(
    '/api/hospitals/noord/adoption/referral-intake/2026-03-01',
    put({ phase: 'idea' }),
  )
  expect(refused.status).toBe(403)
  await north.ask(Done, '/api/hospitals/noord/adoption/referral-intake/2026-03-01', { method: 'DELETE' })
  expect((await north.ask(AdoptionMatrix, '/api/programme/adoption')).adoption).toEqual([])
})

test('ideas are kept, voted for and decided about; work pleasure of few people is withheld', async () => {
  await using server = await openTestServer()
  const office = await server.as('programme', 'noord')
  const idea = {
    title: '=1+1',
    explanation: '<b>elke dag</b>',
    department: 'Cardiologie',
    activity: 'planning',
  }
  const { id } = await office.ask(IdeaMade, '/api/hospitals/noord/ideas', post(idea))
  const technician = await server.as('it', 'noord')
  const vote = put({ reach: 5, minutes: 4, feasibility: 3 })
  await technician.ask(Done, `/api/hospitals/noord/ideas/${id}/vote`, vote)
  await office.ask(
    Done,
    `/api/hospitals/noord/ideas/${id}/decision`,
    put({ state: 'chosen', bot: 'insurance-check' }),
  )
  expect(await technician.ask(Ideas, '/api/programme/ideas')).toMatchObject([
    { ...idea, weight: 60, own: { reach: 5 }, state: 'chosen', bot: 'insurance-check' },
  ])
  const wrong = await office.fetch(
    `/api/hospitals/noord/ideas/${id}/vote`,
    put({ reach: 6, minutes: 4, feasibility: 3 }),
  )
  expect(wrong.status).toBe(400)
  expect(await wrong.text()).toContain('reach')
  const score = {
    department: 'Cardiologie',
    bot: 'insurance-check',
    moment: 'before',
    measuredOn: '2026-03-01',
    score: '6.5',
  }
  await office.ask(Done, '/api/hospitals/noord/pleasure', put({ ...score, respondents: 3 }))
  expect(await office.ask(PleasureScores, '/api/programme/pleasure')).toMatchObject([
    { score: null, respondents: null },
  ])
})

test('costs, rates and time use come back as they were entered, and add up', async () => {
  await using server = await openTestServer()
  const office = await server.as('programme', 'noord')
  const plain = { systems: {}, settings: {}, responsible: 'account-1', outsideSeconds: 0, parkedShare: 0 }
  const deployment = {
    ...plain,
    id: 'noord-planner',
    hospital: 'noord',
    bot: 'planner',
    mode: 'live',
  } as const
  await putDeployment(server.installation.db, { ...deployment, triggers: [], baselines: [] })
  const cost = { bot: null, year: 2025, kind: 'hosting', euros: '1250.50', note: '' }
  const { id } = await office.ask(CostMade, '/api/hospitals/noord/costs', post(cost))
  const rate = {
    deployment: 'noord-planner',
    validFrom: '2025-01-01',
    functionGroup: 'FG 35',
    euros: '41.10',
  }
  await office.ask(Done, '/api/hospitals/noord/rates', put(rate))
  expect(await office.ask(Money, '/api/hospitals/noord/costs')).toEqual({
    costs: [{ ...cost, id }],
    rates: [rate],
    deployments: ['noord-planner'],
  })
  const figures = { costTotal: '1250.50', result: '-1250.50' }
  expect(await office.ask(Value, '/api/programme/value?from=2025&to=2025')).toMatchObject({
    years: [{ year: 2025, ...figures }],
    whole: figures,
    robots: [
      { bot: 'planner', title: null, whole: { costTotal: '0.00', netHours: 0 } },
      { bot: null, title: null, years: [figures], whole: figures },
    ],
  })
  expect((await office.fetch('/api/programme/value?from=2026&to=2025')).status).toBe(400)
  const later = { ...rate, validFrom: '2025-07-01', euros: '44.00' }
  await office.ask(Done, '/api/hospitals/noord/rates', put(later))
  await office.ask(Done, '/api/hospitals/noord/rates/noord-planner/2025-07-01', { method: 'DELETE' })
  await office.ask(Done, `/api/hospitals/noord/costs/${id}`, { method: 'DELETE' })
  expect(await office.ask(Money, '/api/hospitals/noord/costs')).toMatchObject({ costs: [], rates: [rate] })
  const shares = [{ activity: 'planning', share: '0.1000' }]
  const use = { source: 'tijdmeting', groups: [{ name: 'Polikliniek', hours: '20000.0', shares }] }
  await office.ask(Done, '/api/hospitals/noord/time-use/2025', put(use))
  expect(await office.ask(TimeUseFound, '/api/hospitals/noord/time-use/2025')).toEqual(use)
  expect(await office.ask(ActivityUse, '/api/programme/time-use?year=2025')).toEqual([
    { hospital: 'noord', activity: 'planning', spentHours: 2000, savedHours: null, withheld: false },
  ])
})
