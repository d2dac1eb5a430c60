import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { z } from 'zod'
import { bots } from '../../../../bots/index.ts'
import { silentLog } from '../../../../connectors/log.ts'
import { openingSystems } from '../../../../orchestrator/work/opening-systems.ts'
import { systemClock } from '../../../../orchestrator/work/system-clock.ts'
import { startWorker } from '../../../../orchestrator/work/worker.ts'
import type { Hospital } from '../../../practice-hospital/hospital.ts'
import { createHl7Feed } from '../../../practice-hospital/hl7/feed.ts'
import { startPractice, type Addresses } from '../../../practice-hospital/start.ts'
import type { TestServer } from '../open-server.ts'

const Accounts = z.object({ fhir: z.object({ token: z.string() }) })

export interface ServerPractice extends AsyncDisposable {
  readonly hospital: Hospital
  readonly at: Addresses
  readonly fhirToken: string
}

/** A practice hospital in this process; nobody works there yet. */
export async function openPracticeHospital(): Promise<ServerPractice> {
  const stack = new AsyncDisposableStack()
  const data = mkdtempSync(join(tmpdir(), 'administer-'))
  stack.defer(() => rmSync(data, { recursive: true, force: true }))
  const size = { referrals: 0, appointments: 0, deaths: 4 }
  const options = { data, seed: 5, patients: 24, size, portBase: 0, idleMs: 600_000 }
  const practice = await startPractice({ ...options, clock: () => new Date(), log: () => undefined })
  stack.defer(() => practice.close())
  reportDeaths(practice.hospital)
  const accounts = Accounts.parse(await (await fetch(`${practice.addresses.control}/accounts`)).json())
  return {
    hospital: practice.hospital,
    at: practice.addresses,
    fhirToken: accounts.fhir.token,
    [Symbol.asyncDispose]: () => stack.disposeAsync(),
  }
}

/** A practice hospital beside a server, and a worker that does what the server's ledger says. */
export async function openServerPractice({ installation }: TestServer): Promise<ServerPractice> {
  const stack = new AsyncDisposableStack()
  const practice = stack.use(await openPracticeHospital())
  const { db, doorbell, secrets, config } = installation
  const environment = { PATH: process.env['PATH'] }
  const opener = openingSystems({ db, secrets, log: silentLog, chromium: undefined, environment })
  const parts = { db, doorbell, opener, secrets, bots, timing: config, clock: systemClock, concurrency: 2 }
  const worker = await startWorker({ ...parts, log: silentLog })
  stack.defer(() => worker.close())
  return { ...practice, [Symbol.asyncDispose]: () => stack.disposeAsync() }
}

/** As the hospital's own system reports them; nobody listens, for the tests give the items themselves. */
function reportDeaths(hospital: Hospital): void {
  const feed = createHl7Feed(hospital)
  feed.sendPlanned()
  feed.close()
}
