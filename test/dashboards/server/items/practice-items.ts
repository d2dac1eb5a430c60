import { armAct } from '../../../../orchestrator/ledger/acts.ts'
import { keepEvidence } from '../../../../orchestrator/ledger/evidence.ts'
import { addItems, claimItem } from '../../../../orchestrator/ledger/items.ts'
import { parkItem } from '../../../../orchestrator/ledger/parking.ts'
import { putDeployment } from '../../../../orchestrator/ledger/setup.ts'
import type { ItemRow, LedgerDatabase, ParkedKind } from '../../../../orchestrator/ledger/tables.ts'
import { PLAIN_DEPLOYMENT } from '../../../orchestrator/work/bench.ts'
import type { TestServer } from '../open-server.ts'

const WORKER = '00000000-0000-4000-8000-00000000000b'

/** In the data of every item; where it shows without being revealed, something is wrong. */
export const SECRET_SPECIALTY = 'Geheimzinnige-heelkunde'

export const DEPLOYMENT = 'noord-referrals'

/** A deployment of the referral robot at `noord`, and items of it as the robot leaves them. */
export async function putItems({ installation: { db } }: TestServer, deployment = DEPLOYMENT): Promise<void> {
  const hospital = deployment.split('-')[0] ?? ''
  const plain = { ...PLAIN_DEPLOYMENT, hospital, id: deployment, bot: 'referral-intake' }
  await putDeployment(db, { ...plain, outsideSeconds: 60, parkedShare: 0.5 })
}

export async function addItem(
  db: LedgerDatabase,
  reference: string,
  deployment = DEPLOYMENT,
): Promise<string> {
  const hospital = deployment.split('-')[0] ?? ''
  const data = { referralNumber: reference, specialty: SECRET_SPECIALTY }
  const item = { reference, caseReference: reference, data }
  const { queued } = await addItems(db, { hospital, deployment, run: null }, [item])
  return queued[0] ?? ''
}

export async function claimed(db: LedgerDatabase, item: string): Promise<ItemRow> {
  const row = await claimItem(db, item, WORKER, 60, '0.1.0+made-up')
  if (!row) throw new Error('The item could not be claimed.')
  return row
}

/** An item that the robot left to a person. */
export async function addParked(
  db: LedgerDatabase,
  reference: string,
  { kind = 'business' as ParkedKind, sentence = 'The letter is missing: look in the portal.' } = {},
): Promise<string> {
  const { id, fence } = await claimed(db, await addItem(db, reference))
  await parkItem(db, { item: id, fence, worker: WORKER }, { kind, code: 'letter-missing', sentence }, [])
  return id
}

/** An item of which the robot is pressing right now. */
export async function addArmed(db: LedgerDatabase, reference: string): Promise<string> {
  const { id, fence } = await claimed(db, await addItem(db, reference))
  const plan = {
    name: 'register',
    key: '',
    payloadHash: Buffer.alloc(32),
    verifiable: true,
    repeatable: false,
  }
  await armAct(db, { item: id, fence, worker: WORKER }, plan, 10, [])
  return id
}

/** A picture kept with an item; gives its number. */
export async function addEvidence(
  { installation }: TestServer,
  item: string,
  content: string,
): Promise<number> {
  const piece = {
    item,
    attempt: 1,
    label: 'epd: confirmation',
    mediaType: 'image/png',
    content: Buffer.from(content),
  }
  await keepEvidence(installation.db, installation.secrets, piece)
  const { id } = await installation.db
    .selectFrom('evidence')
    .select('id')
    .where('item', '=', item)
    .executeTakeFirstOrThrow()
  return id
}

/** The items and evidence that people did this with, as the access log has it, the oldest first. */
export async function accesses({ installation: { db } }: TestServer, action: string): Promise<string[]> {
  const rows = await db
    .selectFrom('access_entry')
    .select('subject')
    .where('action', '=', action as 'read')
    .where('actor_kind', '=', 'person')
    .orderBy('id')
    .execute()
  return rows.map(({ subject }) => subject)
}
