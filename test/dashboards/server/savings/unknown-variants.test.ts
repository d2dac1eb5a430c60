import { afterAll, beforeAll, expect, test } from 'vitest'
import { z } from 'zod'
import { Chains, Made, MeasurementMade } from '../../../../dashboards/server/savings/measure-schemas.ts'
import { dayAfter } from '../../../../orchestrator/savings/period.ts'
import { localDate } from '../../../../orchestrator/triggers/calendar.ts'
import { putDeployment } from '../../../../orchestrator/ledger/setup.ts'
import { BASELINE } from '../../../orchestrator/savings/golden-case.ts'
import { openTestServer, type TestServer } from '../open-server.ts'
import { seedSavings } from './seed-savings.ts'

let server: TestServer

beforeAll(async () => {
  server = await openTestServer()
  const { db } = server.installation
  await seedSavings(db)
  await putDeployment(db, {
    ...{ id: 'noord-others', hospital: 'noord', bot: 'of-another-make', mode: 'live', settings: {} },
    ...{ systems: {}, responsible: 'u-1', outsideSeconds: 0, parkedShare: 0, triggers: [], baselines: [] },
  })
})

afterAll(() => server[Symbol.asyncDispose]())

const api = '/api/hospitals/noord'
/** After all that was counted. */
const DAY = dayAfter(localDate(new Date(), 'Europe/Amsterdam'))
const chain = (variant: string) => ({
  ...{
    name: variant,
    baselineDeployment: 'noord-counted',
    baselineVariant: 'plain',
    validFrom: DAY,
  },
  parts: [
    { deployment: 'noord-others', variant: `any-${variant}`, share: 0.5 },
    { deployment: 'noord-counted', variant, share: 0.5 },
  ],
})
const baseline = (deployment: string, variant: string) => ({
  ...{ ...BASELINE, deployment, variant, method: 'estimate', validFrom: '2026-10-01' },
})
const timing = (deployment: string, variant: string) => ({ deployment, variant, method: 'stopwatch' })
const Refused = z.object({ error: z.object({ code: z.string(), sentence: z.string() }) })

test('a variant that a robot of the catalogue does not have is refused with those it has, and nothing is kept', async () => {
  const client = await server.as('administrator', 'noord')
  const bodies = [
    ['chains', chain('new-patiënt'), 'parts'],
    ['baselines', baseline('noord-counted', 'new-patiënt'), 'variant'],
    ['measurements', timing('noord-counted', 'new-patiënt'), 'variant'],
  ] as const
  for (const [path, body, field] of bodies) {
    const answer = await client.fetch(`${api}/${path}`, { method: 'POST', body })
    const { error } = Refused.parse(await answer.json())
    expect([path, answer.status, error.code]).toEqual([path, 400, 'variant-unknown'])
    expect(error.sentence).toBe(
      `Field ${field}: the robot of noord-counted has no variant "new-patiënt"; choose from known-patient, new-patient.`,
    )
  }
  expect(await client.ask(Chains, `${api}/chains`)).toEqual([])
})

test('what it has, what an earlier version of it counted, and any of a robot of another make are known', async () => {
  const client = await server.as('administrator', 'noord')
  for (const [deployment, variant] of [
    ['noord-counted', 'new-patient'],
    ['noord-counted', 'plain'],
    ['noord-others', 'whatever'],
  ] as const) {
    await client.ask(Made, `${api}/baselines`, { method: 'POST', body: baseline(deployment, variant) })
    await client.ask(MeasurementMade, `${api}/measurements`, {
      method: 'POST',
      body: timing(deployment, variant),
    })
  }
  for (const variant of ['new-patient', 'plain'])
    await client.ask(Made, `${api}/chains`, { method: 'POST', body: chain(variant) })
})
