import { sql } from 'kysely'
import { z } from 'zod'
import type { Json } from '../../bots/bot.ts'
import { Failure } from '../../connectors/failure.ts'
import { recordChange, sameJson } from './changes.ts'
import type { ChangedBy } from './closing-days.ts'
import { inTransaction } from './in-transaction.ts'
import { putSystem, type SystemSetup } from './setup.ts'
import type { LedgerDatabase, SystemRow } from './tables.ts'

/** A system as an administrator sees it; nothing secret is in it. */
export interface SystemRecord extends Pick<SystemRow, 'id' | 'kind' | 'address' | 'seats'> {
  readonly settings: Json
  readonly heldReason: string | null
  readonly heldUntil: Date | null
  readonly failures: number
  /** Nothing is sent there until then, when it failed too often. */
  readonly openUntil: Date | null
  readonly seatsTaken: number
  /** The deployments that use it. */
  readonly deployments: readonly string[]
  readonly credentials: readonly CredentialRecord[]
}

export interface CredentialRecord {
  readonly name: string
  readonly enteredAt: Date
  /** None for what a command put there. */
  readonly enteredBy: string | null
  readonly renewOn: string | null
}

/** A hospital's systems, or one of them. */
export async function readSystems(
  db: LedgerDatabase,
  hospital: string,
  id?: string,
): Promise<readonly SystemRecord[]> {
  const { rows } = await sql<SystemRecord>`
    SELECT s.id, s.kind, s.address, s.seats, s.settings, s.held_reason AS "heldReason", s.held_until AS "heldUntil",
      s.failures, s.open_until AS "openUntil",
      (SELECT count(*)::int FROM seat WHERE seat.hospital = s.hospital AND seat.system = s.id
        AND seat.lease_until > clock_timestamp()) AS "seatsTaken",
      ARRAY(SELECT DISTINCT deployment FROM deployment_system d WHERE d.hospital = s.hospital AND d.system = s.id
        ORDER BY deployment) AS deployments, '[]'::jsonb AS credentials
    FROM system s WHERE s.hospital = ${hospital} AND (${id ?? null}::text IS NULL OR s.id = ${id ?? null})
    ORDER BY s.id`.execute(db)
  const entered = await readEntered(db, hospital)
  return rows.map((row) => ({
    ...row,
    credentials: entered.filter(
      ({ name }) => name === `system/${row.id}` || name.startsWith(`system/${row.id}/`),
    ),
  }))
}

/** @throws business `not-found` */
export async function findSystem(db: LedgerDatabase, hospital: string, id: string): Promise<SystemRecord> {
  const [found] = await readSystems(db, hospital, id)
  if (found) return found
  throw new Failure('business', 'not-found', `There is no system "${id}" at this hospital.`)
}

const PART = sql`CASE WHEN s.name LIKE '%/certificate-key' THEN 'certificate-key' WHEN s.name LIKE '%/proxy' THEN 'proxy' ELSE 'sign-in' END`

async function readEntered(db: LedgerDatabase, hospital: string): Promise<readonly CredentialRecord[]> {
  const { rows } = await sql<CredentialRecord>`
    SELECT s.name, max(s.created_at) AS "enteredAt", max(c.entered_by) AS "enteredBy", max(c.renew_on)::text AS "renewOn"
    FROM secret s LEFT JOIN credential c ON c.hospital = s.hospital AND c.system = split_part(s.name, '/', 2)
      AND c.part = ${PART}
    WHERE s.hospital = ${hospital} AND s.name LIKE 'system/%' GROUP BY s.name ORDER BY s.name`.execute(db)
  return rows
}

/**
 * Makes or renews a system and writes the difference down. When it would send its credentials to another host than
 * before, they are thrown away: who changes an address must not be handed them by that.
 * @throws business when its kind changes while deployments use it
 */
export async function saveSystem(
  db: LedgerDatabase,
  by: ChangedBy,
  setup: SystemSetup,
): Promise<{ readonly credentialsRemoved: boolean }> {
  return await inTransaction(db, async (tx) => {
    const [before] = await readSystems(tx, by.hospital, setup.id)
    if (before && before.kind !== setup.kind && before.deployments.length > 0) {
      const sentence = `Field kind: ${setup.id} is in use by ${before.deployments.join(', ')}; make a new system for another kind.`
      throw new Failure('business', 'system-in-use', sentence)
    }
    const moved = before !== undefined && !sameJson(whereSecretsGo(before), whereSecretsGo(setup))
    const credentialsRemoved = moved && before.credentials.length > 0
    if (moved) await removeCredentials(tx, by.hospital, setup.id)
    await putSystem(tx, setup)
    await recordChange(tx, {
      ...by,
      what: 'system',
      subject: setup.id,
      before: before ? described(before) : null,
      after: described(setup),
    })
    return { credentialsRemoved }
  })
}

/** Takes a system away with its credentials. @throws business when a deployment uses it */
export async function removeSystem(db: LedgerDatabase, by: ChangedBy, id: string): Promise<void> {
  await inTransaction(db, async (tx) => {
    const before = await findSystem(tx, by.hospital, id)
    if (before.deployments.length > 0) {
      const sentence = `System ${id} is in use by ${before.deployments.join(', ')}: give those another system first.`
      throw new Failure('business', 'system-in-use', sentence)
    }
    await removeCredentials(tx, by.hospital, id)
    await tx.deleteFrom('seat').where('hospital', '=', by.hospital).where('system', '=', id).execute()
    await tx.deleteFrom('system').where('hospital', '=', by.hospital).where('id', '=', id).execute()
    await recordChange(tx, { ...by, what: 'system', subject: id, before: described(before), after: null })
  })
}

async function removeCredentials(tx: LedgerDatabase, hospital: string, system: string): Promise<void> {
  await sql`DELETE FROM secret WHERE hospital = ${hospital}
    AND (name = ${`system/${system}`} OR starts_with(name, ${`system/${system}/`}))`.execute(tx)
  await tx.deleteFrom('credential').where('hospital', '=', hospital).where('system', '=', system).execute()
}

/** A system as it is written down with a change, and can be put back. */
const described = ({ id, kind, address, seats, settings }: Omit<SystemSetup, 'hospital'>): Json => ({
  ...{ id, kind, address, seats },
  settings,
})

/** Every host that is handed a secret of this system: its own, where one signs in, where a token is asked for, the proxy. */
export function whereSecretsGo({
  address,
  settings,
}: Pick<SystemSetup, 'address' | 'settings'>): readonly string[] {
  const { signIn, network } = Others.catch({}).parse(settings)
  const others = [signIn?.at, signIn?.tokenAddress, network?.proxy]
  return [address, ...others].map((one) => (one === undefined ? '' : whereTo(one)))
}

/** Of mllp:// the whole address, for only web addresses have an origin. */
function whereTo(address: string): string {
  const url = URL.parse(address)
  return url && url.origin !== 'null' ? url.origin : address
}

const Others = z.object({
  signIn: z.object({ at: z.string().optional(), tokenAddress: z.string().optional() }).optional(),
  network: z.object({ proxy: z.string().optional() }).optional(),
})
