import { sql } from 'kysely'
import type { Activity } from '../../bots/activity.ts'
import { Failure } from '../../connectors/failure.ts'
import { recordChange } from '../ledger/changes.ts'
import { inTransaction } from '../ledger/in-transaction.ts'
import type { IdeaState, Phase } from '../ledger/programme-tables.ts'
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
  /** The bot that came of it, and how far that is at the hospital. */
  readonly bot: string | null
  readonly phase: Phase | null
  /** The local date of that phase. */
  readonly since: string | null
  /** What was said about the decision; empty when nothing. */
  readonly reply: string
  readonly decidedAt: Date | null
  /** How many voted; null where votes are not told. */
  readonly votes: number | null
  /** The votes' means; null without votes, and where they are not told. */
  readonly mean: Vote | null
  /** Reach × minutes × feasibility of the means, 1 to 125; null without votes, and where they are not told. */
  readonly weight: number | null
  /** What the one who asks voted. */
  readonly own: Vote | null
  /** It is an idea of the one who asks. */
  readonly mine: boolean
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

/**
 * One vote for each account; voting again replaces it.
 * @throws business when there is no such idea at the hospital, or it was decided about
 */
export async function voteForIdea(
  db: LedgerDatabase,
  vote: Vote & { readonly hospital: string; readonly idea: string; readonly account: string },
): Promise<void> {
  const { hospital, idea, account, reach, minutes, feasibility } = vote
  const { rows } = await sql`
    INSERT INTO idea_vote (idea, account, reach, minutes, feasibility)
    SELECT id, ${account}, ${reach}, ${minutes}, ${feasibility} FROM idea
    WHERE id = ${idea} AND hospital = ${hospital} AND state = 'open'
    ON CONFLICT (idea, account) DO UPDATE SET reach = excluded.reach, minutes = excluded.minutes,
      feasibility = excluded.feasibility, at = clock_timestamp()
    RETURNING idea`.execute(db)
  if (rows.length > 0) return
  const known = await db
    .selectFrom('idea')
    .select('id')
    .where('id', '=', idea)
    .where('hospital', '=', hospital)
    .execute()
  if (known.length === 0) throw noIdea()
  const sentence = 'Votes are closed: it was decided about. Ask the programme office to open it again.'
  throw new Failure('business', 'idea-decided', sentence)
}

/** Chooses or declines an idea, or opens it again; `bot` says what came of a chosen one, `reply` what is said about it. */
export async function decideIdea(
  db: LedgerDatabase,
  decision: {
    readonly hospital: string
    readonly idea: string
    readonly state: IdeaState
    readonly bot: string | null
    readonly reply: string
    readonly account: string
  },
): Promise<void> {
  const { hospital, idea, state, bot, reply, account } = decision
  await inTransaction(db, async (tx) => {
    const before = await tx
      .selectFrom('idea')
      .select(['state', 'bot', 'reply'])
      .where('id', '=', idea)
      .where('hospital', '=', hospital)
      .forUpdate()
      .executeTakeFirst()
    if (!before) throw noIdea()
    const decided = state === 'open' ? null : sql<Date>`clock_timestamp()`
    await tx
      .updateTable('idea')
      .set({ state, bot, reply, decided_at: decided })
      .where('id', '=', idea)
      .execute()
    const after = { state, bot, reply }
    await recordChange(tx, { hospital, account, what: 'idea', subject: idea, before, after })
  })
}

/** With fewer votes an idea stands below those with as many: one enthusiast does not put it first. */
const ENOUGH_VOTES = 5

interface IdeasAsked {
  readonly hospitals: readonly string[]
  /** Who asks. */
  readonly account: string
  /** Where others' votes are told, as numbers and means without names. */
  readonly toldAt: readonly string[]
}

/**
 * The ideas of these hospitals: those that were declined last; before them those with at least five votes, by weight, then
 * those with fewer, by weight; of equal weight those with more votes, then the newest.
 */
export async function readIdeas(
  db: LedgerDatabase,
  { hospitals, account, toldAt }: IdeasAsked,
): Promise<Idea[]> {
  const { rows } = await sql<Idea>`
    SELECT i.id, i.hospital, i.title, i.explanation, i.department, i.activity, i.account, i.at, i.state, i.bot,
      a.phase, a.since::text, i.reply, i.decided_at AS "decidedAt", i.account = ${account} AS mine,
      CASE WHEN i.hospital = ANY(${toldAt}) THEN v.votes END AS votes, v.mean, v.weight,
      (SELECT jsonb_build_object('reach', reach, 'minutes', minutes, 'feasibility', feasibility)
        FROM idea_vote o WHERE o.idea = i.id AND o.account = ${account}) AS own
    FROM idea i
    LEFT JOIN LATERAL (SELECT phase, since FROM adoption WHERE hospital = i.hospital AND bot = i.bot
      ORDER BY since DESC LIMIT 1) a ON true
    CROSS JOIN LATERAL (
      SELECT count(*)::int AS votes, round(avg(reach) * avg(minutes) * avg(feasibility), 1)::float8 AS weight,
        CASE WHEN count(*) > 0 THEN jsonb_build_object('reach', round(avg(reach), 1),
          'minutes', round(avg(minutes), 1), 'feasibility', round(avg(feasibility), 1)) END AS mean
      FROM idea_vote WHERE idea = i.id AND i.hospital = ANY(${toldAt})
    ) v
    WHERE i.hospital = ANY(${hospitals})
    ORDER BY i.state = 'declined', v.votes >= ${ENOUGH_VOTES} DESC, v.weight DESC NULLS LAST, v.votes DESC, i.at DESC, i.id`.execute(
    db,
  )
  return rows
}

const noIdea = () =>
  new Failure(
    'business',
    'not-found',
    'There is no such idea at this hospital: choose one of those that are shown.',
  )
