import { Kysely, PostgresDialect, type PostgresPoolClient } from 'kysely'
import type { Pool } from 'pg'
import { z } from 'zod'
import { Failure } from '../../connectors/failure.ts'
import type { LedgerDatabase, Tables } from './tables.ts'

/** What a caller may see. */
export interface Scope {
  /** Hospitals whose settings and figures are seen. */
  readonly hospitals: readonly string[]
  /** Those among them whose items, messages and what belongs to these are seen too. */
  readonly itemHospitals: readonly string[]
  /**
   * Where the caller is a colleague and no more: the measurements and ideas there are seen, and of times and votes those of
   * the account. Left out when a route is not for colleagues.
   */
  readonly colleague?: { readonly hospitals: readonly string[]; readonly account: string }
}

const SET = `SELECT set_config('ontregel.hospitals', $1, false), set_config('ontregel.item_hospitals', $2, false),
  set_config('ontregel.as_colleague', $3, false), set_config('ontregel.account', $4, false), current_user AS role`

/**
 * The ledger as a caller may see it: every connection taken from the pool is told the scope first, and forgets it
 * when it is given back. A connection that was told nothing sees nothing.
 * @param pool of connections with the role `ontregel_web`, used through this function only
 * @throws unexpected `database-role` at the first query when a connection has another role, and so might see all
 */
export function seenBy(pool: Pool, scope: Scope): LedgerDatabase {
  const { hospitals, itemHospitals, colleague } = scope
  const lists = [hospitals, itemHospitals, colleague?.hospitals ?? []]
  const told = [...lists.map((list) => list.join(',')), colleague?.account ?? '']
  const connect = async (): Promise<PostgresPoolClient> => {
    const client = await pool.connect()
    try {
      requireRole((await client.query(SET, told)).rows[0])
    } catch (error) {
      client.release(true)
      throw error
    }
    return {
      query: client.query.bind(client),
      release(destroy) {
        if (destroy) return client.release(true)
        // One that cannot be made to forget is not used again.
        client.query(SET, ['', '', '', '']).then(
          () => client.release(),
          () => client.release(true),
        )
      },
    }
  }
  const scoped = { connect, end: () => Promise.resolve(), options: pool.options }
  return new Kysely<Tables>({ dialect: new PostgresDialect({ pool: scoped }) })
}

const Told = z.object({ role: z.literal('ontregel_web') })

/** Options in DATABASE_URL win over ours, and some poolers drop them: then row security would not hold. */
function requireRole(row: unknown): void {
  if (Told.safeParse(row).success) return
  const sentence =
    'A connection did not take the role that keeps hospitals apart: leave "options" out of DATABASE_URL, and use a pooler that passes them on.'
  throw new Failure('unexpected', 'database-role', sentence)
}
