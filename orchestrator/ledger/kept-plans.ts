import { sql } from 'kysely'
import { DatabaseError, type PoolClient } from 'pg'

const MARK = '/* plan kept */'

/**
 * Before a statement that is asked often and takes longer to plan than to answer: each connection then plans it once.
 * Only for one whose text is always the same or one of a few, for a connection keeps every text it has seen. Long lists
 * are given as JSON: of an array PostgreSQL counts the elements, and may find a fresh plan for so many worth making, each time.
 */
export const KEPT = sql.raw(MARK)

/** Gives marked statements of a connection a name, by which PostgreSQL knows the plan it made before. */
export function keepPlans(client: PoolClient): void {
  const query = client.query.bind(client)
  const names = new Map<string, string>()
  let named = 0
  const askKept = (text: string, values: unknown): Promise<unknown> => {
    const name = names.get(text) ?? `kept ${named++}`
    names.set(text, name)
    return Reflect.apply(query, client, [{ name, text, values }])
  }
  Object.assign(client, {
    query: (asked: unknown, values: unknown, ...rest: unknown[]) => {
      if (typeof asked !== 'string' || !asked.startsWith(MARK))
        return Reflect.apply(query, client, [asked, values, ...rest])
      return askKept(asked, values).catch((error: unknown) => {
        if (!isOutdated(error)) throw error
        names.delete(asked)
        // In a transaction it cannot be asked again: then the first error says what was the matter.
        return askKept(asked, values).catch(() => Promise.reject(error))
      })
    },
  })
}

/** A migration gave the answer other columns while this connection lived; nothing was carried out yet. */
const isOutdated = (error: unknown): boolean =>
  error instanceof DatabaseError && error.code === '0A000' && /cached plan/.test(error.message)
