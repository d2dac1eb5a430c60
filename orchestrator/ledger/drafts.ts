import { sql } from 'kysely'
import { Failure } from '../../connectors/failure.ts'
import { sameJson } from './changes.ts'
import type { ChangedBy } from './closing-days.ts'
import { DeploymentPlan } from './deployment-plan.ts'
import type { LedgerDatabase } from './tables.ts'

/** A plan that is being worked on; it does nothing until it is put to work. */
export interface Draft {
  readonly deployment: string
  readonly hospital: string
  readonly plan: DeploymentPlan
  readonly changedBy: string
  readonly changedAt: Date
  readonly triedRun: string | null
  readonly triedItem: string | null
  /** Who asked for it to go live, while a second account has yet to decide. */
  readonly askedBy: string | null
  readonly askedAt: Date | null
}

/** The drafts of a hospital, the one that was changed last first. */
export async function readDrafts(db: LedgerDatabase, hospital: string): Promise<Draft[]> {
  const rows = await db
    .selectFrom('draft')
    .selectAll()
    .where('hospital', '=', hospital)
    .orderBy('changed_at', 'desc')
    .execute()
  return rows.map(draftOf)
}

/** Undefined when the hospital has no such draft. With `lock` it stays as it is until the transaction ends. */
export async function findDraft(
  db: LedgerDatabase,
  hospital: string,
  deployment: string,
  lock = false,
): Promise<Draft | undefined> {
  const row = await db
    .selectFrom('draft')
    .selectAll()
    .where('hospital', '=', hospital)
    .where('deployment', '=', deployment)
    .$if(lock, (query) => query.forUpdate())
    .executeTakeFirst()
  return row && draftOf(row)
}

/** @throws business `not-found` */
export async function draftToChange(
  db: LedgerDatabase,
  hospital: string,
  deployment: string,
): Promise<Draft> {
  const draft = await findDraft(db, hospital, deployment, true)
  if (draft) return draft
  throw new Failure(
    'business',
    'not-found',
    `There is no draft of deployment "${deployment}": begin one first.`,
  )
}

/**
 * Keeps a draft as it is now, right or not. A draft that changed has to be asked for and approved anew.
 * @throws business when the id is in use at another hospital
 */
export async function saveDraft(
  db: LedgerDatabase,
  { hospital, account }: ChangedBy,
  deployment: string,
  plan: DeploymentPlan,
): Promise<void> {
  const earlier = await findDraft(db, hospital, deployment)
  if (earlier && sameJson(asJson(earlier.plan), asJson(plan))) return
  const values = { bot: plan.bot, content: JSON.stringify(plan), changed_by: account }
  const { rows } = await sql<{ hospital: string }>`
    INSERT INTO draft (deployment, hospital, bot, content, changed_by)
    VALUES (${deployment}, ${hospital}, ${values.bot}, ${values.content}, ${account})
    ON CONFLICT (deployment) DO UPDATE SET bot = excluded.bot, content = excluded.content,
      changed_by = excluded.changed_by, changed_at = clock_timestamp(), asked_by = NULL, asked_at = NULL
    WHERE draft.hospital = ${hospital} RETURNING hospital`.execute(db)
  if (rows.length > 0) return
  throw new Failure('business', 'id-taken', `Field id: "${deployment}" is in use already; choose another id.`)
}

/** Throws a draft away; the deployment it is of stays as it is. */
export async function removeDraft(db: LedgerDatabase, hospital: string, deployment: string): Promise<void> {
  await db.deleteFrom('draft').where('hospital', '=', hospital).where('deployment', '=', deployment).execute()
}

/** Remembers by what a draft was tried last. */
export async function noteTried(
  db: LedgerDatabase,
  deployment: string,
  tried: { readonly run: string | null; readonly item: string | null },
): Promise<void> {
  await db
    .updateTable('draft')
    .set({ tried_run: tried.run, tried_item: tried.item })
    .where('deployment', '=', deployment)
    .execute()
}

/** Remembers who asked for it to go live. */
export async function noteAsked(db: LedgerDatabase, deployment: string, account: string): Promise<void> {
  await db
    .updateTable('draft')
    .set({ asked_by: account, asked_at: sql<Date>`clock_timestamp()` })
    .where('deployment', '=', deployment)
    .execute()
}

interface DraftRow {
  readonly deployment: string
  readonly hospital: string
  readonly content: unknown
  readonly changed_by: string
  readonly changed_at: Date
  readonly tried_run: string | null
  readonly tried_item: string | null
  readonly asked_by: string | null
  readonly asked_at: Date | null
}

function draftOf(row: DraftRow): Draft {
  return {
    deployment: row.deployment,
    hospital: row.hospital,
    plan: DeploymentPlan.parse(row.content),
    changedBy: row.changed_by,
    changedAt: row.changed_at,
    triedRun: row.tried_run,
    triedItem: row.tried_item,
    askedBy: row.asked_by,
    askedAt: row.asked_at,
  }
}

const asJson = (plan: DeploymentPlan) => JSON.parse(JSON.stringify(plan))
