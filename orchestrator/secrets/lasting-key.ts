import { hkdfSync } from 'node:crypto'
import type { LedgerDatabase } from '../ledger/tables.ts'
import type { Keys } from './open-keys.ts'
import { KEY_BYTES } from './key-ring.ts'

const NAME = 'fingerprint'
export const lastingPurpose = (name: string): string => `lasting-key|${name}`

/**
 * Takes the key that fingerprints are made with out of the ledger, where it is sealed; puts it there at the first start.
 * When keys are rotated it is only sealed anew: what was found by a fingerprint before is found after, and the chain of
 * the access log still fits.
 */
export async function takeLastingKey(db: LedgerDatabase, keys: Keys): Promise<void> {
  const { secrets } = keys
  const sealed = (await findLasting(db)) ?? (await addLasting(db, keys))
  keys.keepLasting(secrets.open(lastingPurpose(NAME), sealed))
}

async function findLasting(db: LedgerDatabase): Promise<Buffer | undefined> {
  const row = await db.selectFrom('lasting_key').select('sealed').where('name', '=', NAME).executeTakeFirst()
  return row?.sealed
}

/** Of two processes that start at once one adds it; both derive the same. */
async function addLasting(db: LedgerDatabase, { secrets, kept }: Keys): Promise<Buffer> {
  const made = Buffer.from(hkdfSync('sha256', kept()[0], '', NAME, KEY_BYTES))
  const sealed = secrets.seal(lastingPurpose(NAME), made)
  await db
    .insertInto('lasting_key')
    .values({ name: NAME, sealed })
    .onConflict((conflict) => conflict.doNothing())
    .execute()
  return (await findLasting(db)) ?? sealed
}
