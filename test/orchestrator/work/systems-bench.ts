import { randomBytes } from 'node:crypto'
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { sql } from 'kysely'
import { vi } from 'vitest'
import { silentLog } from '../../../connectors/log.ts'
import { askCheck, newestCheck, type CheckFinding } from '../../../orchestrator/ledger/system-checks.ts'
import { openDoorbell } from '../../../orchestrator/queue/open-doorbell.ts'
import { secretBox, type SecretBox } from '../../../orchestrator/secrets/secret-box.ts'
import { openingSystems } from '../../../orchestrator/work/opening-systems.ts'
import { systemClock } from '../../../orchestrator/work/system-clock.ts'
import { startWorker } from '../../../orchestrator/work/worker.ts'
import { startPractice, type Addresses } from '../../practice-hospital/start.ts'
import { openBench, timing, type Bench } from './bench.ts'

export interface SystemsBench extends AsyncDisposable {
  readonly bench: Bench
  readonly at: Addresses
  readonly secrets: SecretBox
  /** Has a worker try a system, as if it had been asked for some seconds ago, and gives what it saw. */
  check(system: string, secondsAgo?: number): Promise<readonly CheckFinding[]>
}

/** A practice hospital, and a worker that opens its systems as they stand in the ledger. */
export async function openSystemsBench(): Promise<SystemsBench> {
  const stack = new AsyncDisposableStack()
  const data = mkdtempSync(join(tmpdir(), 'systems-'))
  stack.defer(() => rmSync(data, { recursive: true, force: true }))
  const size = { referrals: 0, appointments: 0, deaths: 0 }
  const options = { data, seed: 5, patients: 20, size, portBase: 0, idleMs: 600_000 }
  const practice = await startPractice({ ...options, clock: () => new Date(), log: () => undefined })
  stack.defer(() => practice.close())
  const bench = stack.use(await openBench())
  const { db, url } = bench
  const secrets = secretBox(randomBytes(32))
  const doorbell = await openDoorbell({ databaseUrl: url, schema: 'bullmq', onError: () => undefined })
  stack.defer(() => doorbell.close())
  const environment = { PATH: process.env['PATH'] }
  const opener = openingSystems({ db, secrets, log: silentLog, chromium: undefined, environment })
  const parts = { db, doorbell, opener, secrets, timing, bots: new Map(), clock: systemClock, concurrency: 2 }
  const worker = await startWorker({ ...parts, log: silentLog })
  stack.defer(() => worker.close())
  return {
    ...{ bench, secrets, at: practice.addresses },
    async check(system, secondsAgo = 0) {
      const id = await askCheck(db, { hospital: 'oost', system, account: 'ada' })
      await sql`UPDATE system_check SET asked_at = asked_at - ${secondsAgo} * interval '1 second'
        WHERE id = ${id}`.execute(db)
      await doorbell.ring([{ kind: 'check', id, turn: '0' }])
      return await vi.waitFor(
        async () => {
          const check = await newestCheck(db, 'oost', system)
          if (!check?.findings || check.id !== id) throw new Error('The check has not ended.')
          return check.findings
        },
        { timeout: 30_000, interval: 100 },
      )
    },
    [Symbol.asyncDispose]: () => stack.disposeAsync(),
  }
}
