import { sql } from 'kysely'
import { expect, test } from 'vitest'
import { systemClock } from '../../../orchestrator/work/system-clock.ts'
import { timing } from '../work/bench.ts'
import { openFhirBench, TRIGGER, type FhirBench } from './fhir-bench.ts'
import { startChangingServer } from './fhir-changes.ts'

const HOOK = 'https://ontregel.hospital.example/'
const DAY_MS = 86_400_000

/** A poll, with the Subscription due to be looked after, some days from now. */
async function lookAfter(bench: FhirBench, days = 0, fhirHook: string | undefined = HOOK): Promise<void> {
  await bench.makeDue()
  await sql`UPDATE fhir_poll SET subscription_due_at = clock_timestamp()`.execute(bench.db)
  const clock = { ...systemClock, wall: () => Date.now() + days * DAY_MS }
  await bench.answer({ fhirHook, clock })
}

test.each(['R4', 'STU3'] as const)(
  'in %s a trigger that wants it has itself notified, by one Subscription',
  async (version) => {
    await using server = await startChangingServer()
    await using bench = await openFhirBench(
      server,
      { notified: true, parameters: { status: 'booked,pending' } },
      version,
    )
    await lookAfter(bench)
    await lookAfter(bench)
    expect([...server.subscriptions.values()]).toMatchObject([
      {
        criteria: 'Appointment?status=booked%2Cpending',
        channel: { type: 'rest-hook', endpoint: `https://ontregel.hospital.example/fhir/${TRIGGER}` },
      },
    ])
    const sealed = await bench.db.selectFrom('secret').selectAll().execute()
    const header = JSON.stringify(server.subscriptions.get('s1'))
    const [, secret = ''] = /x-ontregel-secret: ([\w-]{43})/.exec(header) ?? []
    expect(secret).toHaveLength(43)
    expect(sealed.map(({ name }) => name)).toEqual([`fhir-hook/${TRIGGER}`])
    expect(sealed[0]?.sealed.includes(Buffer.from(secret))).toBe(false)
  },
)

test('it is renewed when it is off or about to end, looked after once an hour, and not before', async () => {
  await using server = await startChangingServer()
  await using bench = await openFhirBench(server, { notified: true })
  await lookAfter(bench)
  const made = server.subscriptions.get('s1')
  await lookAfter(bench, 6)
  expect(server.subscriptions.get('s1')).toBe(made)
  await lookAfter(bench, 8)
  const renewed = server.subscriptions.get('s1') ?? {}
  expect(Date.parse(String(renewed['end'])) - Date.parse(String(made?.['end']))).toBeGreaterThan(7 * DAY_MS)
  server.subscriptions.set('s1', { ...renewed, status: 'off' })
  await bench.makeDue()
  await bench.answer({ fhirHook: HOOK })
  expect(server.subscriptions.get('s1')).toMatchObject({ status: 'off' })
  await lookAfter(bench)
  expect(server.subscriptions.get('s1')).toMatchObject({ status: 'active' })
  expect(server.subscriptions.size).toBe(1)
})

test('when our address changes it is told at once; without an address or the wish nothing is made', async () => {
  await using server = await startChangingServer()
  await using bench = await openFhirBench(server, { notified: true })
  await bench.answer()
  expect(server.subscriptions.size).toBe(0)
  await lookAfter(bench)
  await bench.makeDue()
  await bench.answer({ fhirHook: 'https://elsewhere.example' })
  expect(JSON.stringify(server.subscriptions.get('s2'))).toContain('https://elsewhere.example/fhir/')
  await using quiet = await openFhirBench(server)
  await lookAfter(quiet)
  expect(server.subscriptions.size).toBe(2)
})

test('a server that takes no Subscription is polled all the same, with one alarm', async () => {
  await using server = await startChangingServer()
  await using bench = await openFhirBench(server, { notified: true })
  const other = { resourceType: 'Subscription', criteria: 'Appointment?' }
  const channel = { type: 'rest-hook', endpoint: `https://ontregel.hospital.example/fhir/${TRIGGER}` }
  for (const id of ['x', 'y']) server.subscriptions.set(id, { ...other, id, channel })
  for (let poll = 0; poll < timing.circuitFailures + 1; poll++) {
    server.write(`a${poll}`)
    await lookAfter(bench)
  }
  expect(await bench.versions()).toEqual(['a0/1', 'a1/1', 'a2/1', 'a3/1'])
  const alarms = await bench.db.selectFrom('alarm').select(['kind', 'sentence']).execute()
  expect(alarms).toMatchObject([
    { kind: 'fhir-subscription', sentence: expect.stringContaining('have one removed there') },
  ])
})
