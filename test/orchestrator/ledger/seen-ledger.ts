import { sql, type RawBuilder } from 'kysely'
import { addItems } from '../../../orchestrator/ledger/items.ts'
import { openWebPool, openLedger } from '../../../orchestrator/ledger/open-ledger.ts'
import { seenBy, type Scope } from '../../../orchestrator/ledger/scope.ts'
import { putDeployment, putHospital, putSystem } from '../../../orchestrator/ledger/setup.ts'
import type { LedgerDatabase } from '../../../orchestrator/ledger/tables.ts'
import { createTestDatabase } from '../../postgres.ts'
import { PLAIN_DEPLOYMENT } from '../work/bench.ts'

export const HOSPITALS = ['noord', 'zuid'] as const

export interface SeenLedger extends AsyncDisposable {
  readonly url: string
  /** As workers see it: all. */
  readonly db: LedgerDatabase
  /** As somebody of these hospitals sees it. */
  seenBy(scope: Scope): LedgerDatabase
}

/** A ledger in which two hospitals have the same: a system, a deployment, an item with an event, a message. */
export async function openSeenLedger(): Promise<SeenLedger> {
  const stack = new AsyncDisposableStack()
  const database = stack.use(await createTestDatabase())
  const { url } = database
  const onError = () => undefined
  const db = await openLedger({ url, onError })
  stack.defer(() => db.destroy())
  const pool = openWebPool({ url, connections: 2, onError })
  stack.defer(() => pool.end())
  for (const hospital of HOSPITALS) await fill(db, hospital)
  return {
    url,
    db,
    seenBy: (scope) => seenBy(pool, scope),
    [Symbol.asyncDispose]: () => stack.disposeAsync(),
  }
}

async function fill(db: LedgerDatabase, hospital: string): Promise<void> {
  await putHospital(db, {
    ...{ id: hospital, name: hospital },
    norms: [{ validFrom: '2020-01-01', name: 'planning', hoursPerYear: 1440 }],
  })
  const system = { hospital, id: 'epd', kind: 'web' as const, address: 'http://127.0.0.1:1/', settings: {} }
  await putSystem(db, { ...system, seats: 2 })
  const deployment = `${hospital}-test`
  await putDeployment(db, { ...PLAIN_DEPLOYMENT, id: deployment, hospital, systems: { epd: 'epd' } })
  const item = { reference: 'R-1', caseReference: 'R-1', data: {} }
  await addItems(db, { hospital, deployment, run: null }, [item])
  const rest: RawBuilder<unknown>[] = [
    sql`INSERT INTO event (item, kind, attempt, fence) SELECT id, 'test', 0, 0 FROM item WHERE hospital = ${hospital}`,
    sql`INSERT INTO act (item, name, state, fence, payload_hash, verifiable, repeatable)
      SELECT id, 'test', 'armed', 0, '', true, true FROM item WHERE hospital = ${hospital}`,
    sql`INSERT INTO evidence (item, attempt, label, media_type, sealed)
      SELECT id, 0, 'test', 'text/plain', '' FROM item WHERE hospital = ${hospital}`,
    sql`INSERT INTO alarm (hospital, kind, sentence) VALUES (${hospital}, 'test', 'Test.')`,
    sql`INSERT INTO secret (hospital, name, version, sealed) VALUES (${hospital}, 'epd', 1, '')`,
    sql`INSERT INTO channel (id, hospital, port) VALUES (${`${hospital}-adt`}, ${hospital}, 0)`,
    sql`INSERT INTO message (hospital, channel, sender, control_id, type, event, sealed, state)
      VALUES (${hospital}, ${`${hospital}-adt`}, 'ZIS', 'M-1', 'ADT', 'A08', '', 'routed')`,
    sql`INSERT INTO message_id (control_id, channel, sender, digest, answer, message)
      SELECT control_id, channel, sender, '', '', id FROM message WHERE hospital = ${hospital}`,
    sql`INSERT INTO upkeep (deployment, day, hours, booked_by) VALUES (${deployment}, '2026-01-05', 1, 'test')`,
  ]
  for (const statement of rest) await statement.execute(db)
}
