import { z } from 'zod'
import { Day } from '../day-schema.ts'
import { ACTIVITIES } from '../../../bots/activity.ts'
import { Hospital, Instant } from '../door/account-schemas.ts'
import { Bot, Phase } from './adoption-schemas.ts'

export const Activity = z.enum(ACTIVITIES)
export type ActivityName = z.output<typeof Activity>
const Words = z.string().trim().min(1, 'must be filled in')
const Judgement = z.number().int('must be a whole number').min(1, 'must be 1 to 5').max(5, 'must be 1 to 5')

/** `PUT /api/hospitals/:hospital/ideas/:idea/vote` */
export const Vote = z.object({ reach: Judgement, minutes: Judgement, feasibility: Judgement })
const Mean = z.object({ reach: z.number(), minutes: z.number(), feasibility: z.number() })

/** `POST /api/hospitals/:hospital/ideas` */
export const NewIdea = z.object({
  title: Words.max(120, 'must have at most 120 characters'),
  explanation: z.string().trim().max(4000, 'must have at most 4000 characters'),
  department: Words.max(80, 'must have at most 80 characters'),
  activity: Activity,
})
export const IdeaMade = z.object({ id: z.uuid() })
export const IdeaPath = Hospital.extend({ idea: z.uuid('must be the id of an idea') })
/** `PUT /api/hospitals/:hospital/ideas/:idea/decision` */
export const Decision = z.object({
  state: z.enum(['open', 'chosen', 'declined']),
  bot: Bot.nullable(),
  reply: z.string().trim().max(500, 'must have at most 500 characters').default(''),
})

/** `GET /api/programme/ideas` */
export const Ideas = z.array(
  z.object({
    id: z.string(),
    hospital: z.string(),
    title: z.string(),
    explanation: z.string(),
    department: z.string(),
    activity: Activity,
    at: Instant,
    state: z.enum(['open', 'chosen', 'declined']),
    /** What came of it, and how far that is at the hospital. */
    bot: z.string().nullable(),
    /** What the bot is called; null when this version does not know it. */
    botTitle: z.object({ nl: z.string(), en: z.string() }).nullable(),
    phase: Phase.nullable(),
    since: z.string().nullable(),
    reply: z.string(),
    decidedAt: Instant.nullable(),
    /** Null where one hears no others' votes; then the means and the weight are null too. */
    votes: z.number().nullable(),
    mean: Mean.nullable(),
    /** Reach × minutes × feasibility of the means, 1 to 125. */
    weight: z.number().nullable(),
    own: Mean.nullable(),
    mine: z.boolean(),
  }),
)

const Measured = {
  department: Words.max(80, 'must have at most 80 characters'),
  bot: Bot,
  moment: z.enum(['before', 'after']),
  measuredOn: Day,
}
/** `PUT /api/hospitals/:hospital/pleasure` */
export const NewPleasure = z.object({
  ...Measured,
  respondents: z
    .number()
    .int('must be a whole number')
    .min(1, 'must be 1 or more')
    .max(100_000, 'must be at most 100000'),
  /** Their mean, such as `7.9`. */
  score: z.string(),
})
/** `GET /api/programme/pleasure`: of fewer than five people neither score nor number is given. */
export const PleasureScores = z.array(
  z.object({
    ...Measured,
    hospital: z.string(),
    respondents: z.number().nullable(),
    score: z.string().nullable(),
  }),
)
