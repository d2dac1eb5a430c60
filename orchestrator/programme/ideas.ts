import { sql } from 'kysely'
import type { Activity } from '../../bots/activity.ts'
import { Failure } from '../../connectors/failure.ts'
import { recordChange } from '../ledger/changes.ts'
import { inTransaction } from '../ledger/in-transaction.ts'
import type { IdeaState } from '../ledger/programme-tables.ts'
import type { LedgerDatabase } from '../ledger/tables.ts'

export interface NewIdea {
  readonly hospital: string
  readonly title: string
  readonly explanation: string
  readonly department: string
  readonly activity: Activity
  /** Who has it; an account. */
  readonly account: string
}

/** One person's judgement, each from 1 to 5: how many it reaches, minutes it saves each time, how feasible it is. */
export interface Vote {
  readonly reach: number
  readonly minutes: number
  readonly feasibility: number
}

export interface Idea extends NewIdea {
  readonly id: string
  readonly at: Date
  readonly state: IdeaState
  /** The bot that came of it. */
  readonly bot: string | null
  readonly votes: number
  /** The votes' means; null without votes. */
  readonly mean: Vote | null
  /** Reach × minutes × feasibility of the means, 1 to 125; null without votes. */
  readonly weight: number | null
  /** What the one who asks voted. */
  readonly own: Vote | null
}

/** Keeps an idea; gives its id. */
export async function addIdea(db: LedgerDatabase, idea: NewIdea): Promise<string> {
  const row = await db
    .insertInto('idea')
    .values({ ...idea })
    .returning('id')
    .executeTakeFirstOrThrow()
  return row.id
}

/** One vote for each account; voting again replaces it. @throws business when there is no such idea at the hospital */
export async function voteForIdea(
  db: LedgerDatabase,
  vote: Vote & { readonly hospital: string; readonly idea: string; readonly account: string },
): Promise<void> {
  const { hospital, idea, account, reach, minutes, feasibility } = vote
  const { rows } = await sql`
    INSERT INTO idea_vote (idea, account, reach, minutes, feasibility)
    SELECT id, ${account}, ${reach}, ${minutes}, ${feasibility} FROM idea
    WHERE id = ${idea} AND hospital = ${hospital}
    ON CONFLICT (idea, account) DO UPDATE SET reach = excluded.reach, minutes = excluded.minutes,
      feasibility = excluded.feasibility, at = clock_timestamp()
    RETURNING idea`.execute(db)
  if (rows.length === 0) throw noIdea()
}

/** Chooses or declines an idea, or opens it again; `bot` says what came of a chosen one. */
export async function decideIdea(
  db: LedgerDatabase,
  decision: {
    readonly hospital: string
    readonly idea: string
    readonly state: IdeaState
    readonly bot: string | null
    readonly account: string
  },
): Promise<void> {
  const { hospital, idea, state, bot, account } = decision
  await inTransaction(db, async (tx) => {
    const before = await tx
      .selectFrom('idea')
      .select(['state', 'bot'])
      .where('id', '=', idea)
      .where('hospital', '=', hospital)
      .forUpdate()
      .executeTakeFirst()
    if (!before) throw noIdea()
    await tx.updateTable('idea').set({ state, bot }).where('id', '=', idea).execute()
    await recordChange(tx, { hospital, account, what: 'idea', subject: idea, before, after: { state, bot } })
  })
}

/** The ideas of these hospitals, those of most weight first, then the newest. */
export async function readIdeas(
  db: LedgerDatabase,
  hospitals: readonly string[],
  account: string,
): Promise<Idea[]> {
  const { rows } = await sql<Idea>`
    SELECT i.id, i.hospital, i.title, i.explanation, i.department, i.activity, i.account, i.at, i.state, i.bot,
      v.votes, v.mean, v.weight,
      (SELECT jsonb_build_object('reach', reach, 'minutes', minutes, 'feasibility', feasibility)
        FROM idea_vote o WHERE o.idea = i.id AND o.account = ${account}) AS own
    FROM idea i CROSS JOIN LATERAL (
      SELECT count(*)::int AS votes, round(avg(reach) * avg(minutes) * avg(feasibility), 1)::float8 AS weight,
        CASE WHEN count(*) > 0 THEN jsonb_build_object('reach', round(avg(reach), 1),
          'minutes', round(avg(minutes), 1), 'feasibility', round(avg(feasibility), 1)) END AS mean
      FROM idea_vote WHERE idea = i.id
    ) v
    WHERE i.hospital = ANY(${hospitals})
    ORDER BY v.weight DESC NULLS LAST, i.at DESC, i.id`.execute(db)
  return rows
}

const noIdea = () =>
  new Failure(
    'business',
    'not-found',
    'There is no such idea at this hospital: choose one of those that are shown.',
  )
