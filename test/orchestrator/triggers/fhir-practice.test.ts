import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { checkServer } from '../../../connectors/fhir/check-server.ts'
import { openFhirSystem } from '../../../connectors/fhir/client.ts'
import { silentLog } from '../../../connectors/log.ts'
import { startFhirServer } from '../../practice-hospital/fhir/server.ts'
import { fhirToken } from '../../practice-hospital/fhir/token.ts'
import { openHospital } from '../../practice-hospital/hospital.ts'
import { openFhirBench } from './fhir-bench.ts'

/** The practice hospital's FHIR server with its appointments, and us signed in. */
async function startPractice() {
  const data = mkdtempSync(join(tmpdir(), 'practice-'))
  const size = { referrals: 0, appointments: 130, deaths: 0 }
  const hospital = openHospital({
    data,
    seed: 11,
    patients: 80,
    size,
    clock: () => new Date(),
    log: () => undefined,
  })
  const server = await startFhirServer(hospital)
  const access = { authorization: () => Promise.resolve(`Bearer ${fhirToken(hospital.random)}`) }
  const settings = { id: 'epd', address: server.url, version: 'R4' as const }
  const system = openFhirSystem(settings, access, { log: silentLog })
  const close = async () => {
    system.close()
    await server.close()
    hospital.close()
    rmSync(data, { recursive: true })
  }
  return { base: server.url, server, system, [Symbol.asyncDispose]: close }
}

async function booked(system: Awaited<ReturnType<typeof startPractice>>['system']): Promise<string[]> {
  const found = []
  for await (const { id, meta } of system.search('Appointment', { status: 'booked' }))
    found.push(`${id}/${String(meta?.['versionId'])}`)
  return found.toSorted()
}

test('the practice hospital is what it states', async () => {
  await using practice = await startPractice()
  const needs = { conditionalCreate: ['Task'], transaction: true, postSearch: 'Patient' }
  const findings = await checkServer(practice.system, needs)
  expect(findings.filter(({ right }) => !right)).toEqual([])
})

test('its appointments, over several pages, become items once; what is booked or changed later does too', async () => {
  await using practice = await startPractice()
  await using bench = await openFhirBench(practice, { parameters: { status: 'booked' } })
  const pollAgain = async () => {
    await bench.makeDue()
    await bench.poll(await bench.claim(), { system: practice.system })
  }
  await pollAgain()
  const first = await booked(practice.system)
  expect(first.length).toBeGreaterThan(100)
  expect((await bench.versions()).toSorted()).toEqual(first)
  practice.server.bookAppointments(3)
  const [changed = ''] = first
  const appointment = await practice.system.read('Appointment', changed.split('/')[0] ?? '')
  await practice.system.update({ ...appointment, description: 'verplaatst' })
  await pollAgain()
  await pollAgain()
  const made = await bench.versions()
  expect(made).toHaveLength(first.length + 4)
  expect(new Set(made).size).toBe(made.length)
  expect(made).toEqual(expect.arrayContaining(await booked(practice.system)))
})
