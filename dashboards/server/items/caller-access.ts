import { recordAccess, type Access } from '../../../orchestrator/ledger/access-log.ts'
import type { LedgerDatabase } from '../../../orchestrator/ledger/tables.ts'
import type { RouteContext } from '../route.ts'

/** Whose access is written down, and by which route. */
export type Asking = Pick<RouteContext, 'caller' | 'db' | 'access'>

/** Writes down that the caller saw or changed these, on their own behalf; before anything of it is handed over. */
export async function recordCaller(
  { caller, db, access }: Asking,
  hospital: string,
  action: Access['action'],
  kind: Access['subject']['kind'],
  ids: readonly string[],
  tx: LedgerDatabase = db,
): Promise<void> {
  requireAccess(access)
  const actor = { kind: caller.kind, id: caller.account }
  const responsible = caller.account
  const outcome = 'given' as const
  await recordAccess(
    tx,
    ids.map((id) => ({ hospital, actor, responsible, action, subject: { kind, id }, outcome })),
  )
}

/** A route that writes down what it gave must have said so, or nobody would know of those whom it refuses. */
export function requireAccess(access: RouteContext['access']): void {
  if (!access)
    throw new Error('This route hands over data of patients: say so with "access" in its definition.')
}
