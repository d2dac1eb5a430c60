import type { Failure } from '../../connectors/failure.ts'
import type { Log } from '../../connectors/log.ts'
import { noteExpected, noteUnexpected, type Deployment } from '../ledger/deployments.ts'
import type { LedgerDatabase } from '../ledger/tables.ts'
import { noteFailing, noteWorking } from './circuit.ts'
import type { Timing } from './timing.ts'

interface Ending {
  readonly db: LedgerDatabase
  /** As it was when the item began. */
  readonly deployment: Deployment
  readonly timing: Timing
  readonly log: Log
}

/** Counts of failures in a row start anew. Looked up when the item began: where nothing had failed there is nothing to write. */
export async function noteGoingWell({ db, deployment }: Ending): Promise<void> {
  const failing = [...deployment.systems.values()].some(
    ({ failures, open_until }) => failures > 0 || open_until,
  )
  if (failing) await noteWorking(db, deployment.id)
  if (deployment.unexpected_in_a_row > 0) await noteExpected(db, deployment.id)
}

/** A system that keeps failing opens its circuit; a page that is not the known one counts towards stopping the deployment. */
export async function noteFailure(ending: Ending, failure: Failure, phase: string): Promise<void> {
  const { db, deployment, log, timing } = ending
  log.warn('item failed', { kind: failure.kind, code: failure.code, sentence: failure.message, state: phase })
  const technical = failure.kind === 'transient' || failure.kind === 'unsure'
  if (technical && failure.system) await noteFailing(db, deployment.hospital, failure.system, timing)
  if (failure.kind === 'unexpected') await noteUnexpected(db, deployment.id)
  else if (failure.kind === 'business') await noteExpected(db, deployment.id)
}
