import { recordAccess, type Access } from '../../../orchestrator/ledger/access-log.ts'
import type { LedgerDatabase } from '../../../orchestrator/ledger/tables.ts'
import type { RouteContext } from '../route.ts'

/** Writes down that the caller saw or changed these, on their own behalf; before anything of it is handed over. */
export async function recordCaller(
  { caller, db }: Pick<RouteContext, 'caller' | 'db'>,
  hospital: string,
  action: Access['action'],
  kind: Access['subject']['kind'],
  ids: readonly string[],
  tx: LedgerDatabase = db,
): Promise<void> {
  const actor = { kind: caller.kind, id: caller.account }
  const responsible = caller.account
  const outcome = 'given' as const
  await recordAccess(
    tx,
    ids.map((id) => ({ hospital, actor, responsible, action, subject: { kind, id }, outcome })),
  )
}
