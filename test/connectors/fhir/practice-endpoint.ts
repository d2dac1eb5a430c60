import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { startFhirServer } from '../../practice-hospital/fhir/server.ts'
import { fhirToken } from '../../practice-hospital/fhir/token.ts'
import { openHospital } from '../../practice-hospital/hospital.ts'
import { openTestSystem } from './small-server.ts'

/** The FHIR endpoint of a small practice hospital, and a client of it. */
export async function startPractice() {
  const data = mkdtempSync(join(tmpdir(), 'practice-'))
  const size = { referrals: 2, appointments: 5, deaths: 1 }
  const hospital = openHospital({
    data,
    seed: 7,
    patients: 60,
    size,
    clock: () => new Date(),
    log: () => undefined,
  })
  const server = await startFhirServer(hospital)
  const access = { authorization: () => Promise.resolve(`Bearer ${fhirToken(hospital.random)}`) }
  const given = openTestSystem({ base: server.url }, {}, { access })
  const close = async () => {
    given.system.close()
    await server.close()
    hospital.close()
    rmSync(data, { recursive: true })
  }
  return { ...given, hospital, [Symbol.asyncDispose]: close }
}
