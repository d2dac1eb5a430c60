import { recordChange } from '../ledger/changes.ts'
import { inTransaction } from '../ledger/in-transaction.ts'
import type { LedgerDatabase } from '../ledger/tables.ts'
import { checkPastDay, refused } from '../savings/input-checks.ts'
import { checkDecimal, wrongField } from './check-fields.ts'

/** What colleagues of a department give their work, from 1 to 10, before or after a bot came. */
export interface PleasureScore {
  readonly hospital: string
  readonly department: string
  readonly bot: string
  readonly moment: 'before' | 'after'
  /** Local date. */
  readonly measuredOn: string
  readonly respondents: number
  /** Their mean, decimal text with one decimal. */
  readonly score: string
}

/** As it may be shown: the score of fewer than five people is withheld. */
export interface ShownPleasure extends Omit<PleasureScore, 'score' | 'respondents'> {
  readonly respondents: number | null
  readonly score: string | null
}

const FEWEST_SHOWN = 5

/** Keeps a department's score; the same moment once more replaces it, and the change is kept. @throws business: names the field */
export async function recordPleasure(
  db: LedgerDatabase,
  measured: PleasureScore & { readonly account: string },
  today: string,
): Promise<void> {
  const { hospital, department, bot, moment, respondents, score, account } = measured
  checkPastDay('measuredOn', measured.measuredOn, today)
  checkDecimal('score', score, { decimals: 1, from: 1, to: 10 })
  if (!Number.isInteger(respondents) || respondents < 1)
    throw wrongField('respondents', 'must be a whole number, 1 or more.')
  const values = { measured_on: measured.measuredOn, respondents, score, account }
  await inTransaction(db, async (tx) => {
    const before = await tx
      .selectFrom('pleasure_score')
      .select(['measured_on', 'respondents', 'score'])
      .where('hospital', '=', hospital)
      .where('department', '=', department)
      .where('bot', '=', bot)
      .where('moment', '=', moment)
      .executeTakeFirst()
    await checkMoments(tx, measured)
    await tx
      .insertInto('pleasure_score')
      .values({ hospital, department, bot, moment, ...values })
      .onConflict((conflict) =>
        conflict.columns(['hospital', 'department', 'bot', 'moment']).doUpdateSet(values),
      )
      .execute()
    const { account: _, ...after } = values
    const subject = `${department} ${bot} ${moment}`
    await recordChange(tx, { hospital, account, what: 'pleasure', subject, before: before ?? null, after })
  })
}

/** Before and after the robot came, in that order. */
async function checkMoments(
  tx: LedgerDatabase,
  { hospital, department, bot, moment, measuredOn }: PleasureScore,
): Promise<void> {
  const isBefore = moment === 'before'
  const other = await tx
    .selectFrom('pleasure_score')
    .select('measured_on')
    .where('hospital', '=', hospital)
    .where('department', '=', department)
    .where('bot', '=', bot)
    .where('moment', '=', isBefore ? 'after' : 'before')
    .executeTakeFirst()
  if (!other || (isBefore ? measuredOn <= other.measured_on : other.measured_on <= measuredOn)) return
  const remedy = isBefore
    ? `${measuredOn} lies after ${other.measured_on}, on which it was measured with the robot; give that day or an earlier one, or enter the other one again.`
    : `${measuredOn} lies before ${other.measured_on}, on which it was measured without the robot; give that day or a later one, or enter the other one again.`
  throw refused('measuredOn', 'pleasure-reversed', remedy)
}

/** The scores of these hospitals, by department and bot, before first. */
export async function readPleasure(
  db: LedgerDatabase,
  hospitals: readonly string[],
): Promise<ShownPleasure[]> {
  const rows = await db
    .selectFrom('pleasure_score')
    .select(['hospital', 'department', 'bot', 'moment', 'measured_on as measuredOn', 'respondents', 'score'])
    .where('hospital', 'in', ['', ...hospitals])
    .orderBy('hospital')
    .orderBy('department')
    .orderBy('bot')
    .orderBy('moment', 'desc')
    .execute()
  return rows.map((row) =>
    row.respondents < FEWEST_SHOWN ? { ...row, respondents: null, score: null } : row,
  )
}
