import type { Bot } from './bot.ts'
import deceasedAppointments from './deceased-appointments/bot.ts'
import insuranceCheck from './insurance-check/bot.ts'
import referralIntake from './referral-intake/bot.ts'

/** The catalogue: every bot there is, and the only list of them. */
const CATALOGUE: readonly Bot[] = [referralIntake, insuranceCheck, deceasedAppointments]

/** The bots by name, as deployments name them. */
export const bots: ReadonlyMap<string, Bot> = new Map(CATALOGUE.map((bot) => [bot.name, bot]))
