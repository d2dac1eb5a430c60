import { Failure } from '../../connectors/failure.ts'
import { addRun } from '../ledger/runs.ts'
import type { LedgerDatabase, RunRow } from '../ledger/tables.ts'
import type { Doorbell } from '../queue/doorbell.ts'

/**
 * Fires a deployment because a person asks for it.
 * @throws business when there is no such deployment, or it is off or stopped
 */
export async function fireByHand(db: LedgerDatabase, doorbell: Doorbell, id: string): Promise<RunRow> {
  const deployment = await db.selectFrom('deployment').selectAll().where('id', '=', id).executeTakeFirst()
  if (!deployment) {
    throw new Failure(
      'business',
      'deployment-unknown',
      `There is no deployment "${id}": see "ontregel deployments" for those there are.`,
    )
  }
  if (deployment.mode === 'off' || deployment.stopped_at) {
    const why = deployment.stopped_reason ?? 'It is off: put it to work first.'
    throw new Failure('business', 'deployment-stopped', `Deployment "${id}" does not run. ${why}`)
  }
  const run = await addRun(db, { hospital: deployment.hospital, deployment: id, kind: 'by-hand' })
  if (!run) throw new Error('A run by hand has nothing to collide with.')
  await doorbell.ring([{ kind: 'run', id: run.id, turn: '0' }])
  return run
}
