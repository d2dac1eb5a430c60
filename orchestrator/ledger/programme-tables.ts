import type { Generated } from 'kysely'
import type { Activity } from '../../bots/activity.ts'

/** How far a bot is at a hospital. */
export const PHASES = ['idea', 'concept', 'test', 'live', 'scaled-up'] as const
export type Phase = (typeof PHASES)[number]

export type IdeaState = 'open' | 'chosen' | 'declined'
export type CostKind = 'licences' | 'hours' | 'hosting' | 'other'

/** Who wrote it down, and when. */
interface Written {
  account: string
  at: Generated<Date>
}

/** Dates and numerics as text. */
export interface ProgrammeTables {
  adoption: Written & { hospital: string; bot: string; since: string; phase: Phase }
  round_plan: Written & { round: string; hospital: string; bot: string }
  idea: Written & {
    id: Generated<string>
    hospital: string
    title: string
    explanation: string
    department: string
    activity: Activity
    bot: string | null
    state: Generated<IdeaState>
    /** What is said about the decision. */
    reply: Generated<string>
    decided_at: Generated<Date | null>
  }
  idea_vote: Written & { idea: string; reach: number; minutes: number; feasibility: number }
  pleasure_score: Written & {
    hospital: string
    department: string
    bot: string
    moment: 'before' | 'after'
    measured_on: string
    respondents: number
    score: string
  }
  time_use: {
    hospital: string
    year: number
    staff_group: string
    activity: Activity
    share: string
    source: string
  }
  staff_hours: { hospital: string; year: number; staff_group: string; hours: string }
  cost: Written & {
    id: Generated<string>
    hospital: string
    bot: string | null
    year: number
    kind: CostKind
    euros: string
    note: string
  }
  /** Items from arrival to done, by local day, with how many took a day at most. */
  lead_time: { deployment: string; day: string; items: number; seconds: string; within_a_day: number }
  hour_rate: { deployment: string; valid_from: string; function_group: string; euros: string }
}
