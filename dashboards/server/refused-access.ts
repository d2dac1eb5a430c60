import { Failure } from '../../connectors/failure.ts'
import { recordRefusal } from '../../orchestrator/ledger/refused-access.ts'
import type { LedgerDatabase } from '../../orchestrator/ledger/tables.ts'
import type { Known } from './admit.ts'
import type { Route } from './route.ts'

/** Of the request that was refused: all that the access log may know of it. */
export interface Refused {
  readonly route: Pick<Route, 'access'>
  readonly known: Known | undefined
  /** Of the path, read by nobody yet. */
  readonly params: unknown
}

/** What refuses whoever asks, or says that there is no such thing where they may look. */
const REFUSING: ReadonlySet<string> = new Set([
  'not-allowed',
  'not-found',
  'second-factor-needed',
  'other-origin',
])

/**
 * Writes in the access log that somebody known was refused data of patients, in the chain of the hospital that was aimed
 * at. Other mistakes, such as a field that is not filled in, are none, unless what was aimed at is of another hospital.
 * Of what was sent no more is kept than the id in the path.
 * @param db sees every hospital: who is refused sees nothing there
 */
export async function noteRefusal(
  db: LedgerDatabase,
  error: unknown,
  { route: { access }, known, params }: Refused,
): Promise<void> {
  if (!access || !known || !(error instanceof Failure) || error.kind !== 'business') return
  const { kind, account } = known.caller
  const inPath = fieldOf(params, access.subject)
  await recordRefusal(db, {
    hospital: fieldOf(params, 'hospital'),
    account: { kind, id: account },
    action: access.action,
    subject: { kind: access.subject, id: access.subject === 'log' ? 'access' : inPath },
    onlyElsewhere: !REFUSING.has(error.code),
  })
}

/** A field of the path, as it was sent; empty when the path has none. */
function fieldOf(params: unknown, name: string): string {
  const value = typeof params === 'object' && params !== null ? Reflect.get(params, name) : undefined
  return typeof value === 'string' ? value : ''
}
