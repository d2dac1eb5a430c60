import type { Bot } from '../../bots/bot.ts'
import { Failure } from '../../connectors/failure.ts'
import type { DeploymentPlan, PlannedTrigger } from '../ledger/deployment-plan.ts'
import { nextFiring } from '../triggers/calendar.ts'

/** What is not right about a plan: the place, as `settings.insurers.0`, and the remedy. */
export interface PlanProblem {
  readonly field: string
  readonly code: string
  readonly sentence: string
}

export interface PlanSurroundings {
  readonly bots: ReadonlyMap<string, Bot>
  /** The hospital's systems by id. */
  readonly systems: ReadonlyMap<string, { readonly kind: string }>
  /** Whether this is an account that can be responsible here; undefined when that cannot be told. */
  readonly isAccount: ((account: string) => boolean) | undefined
}

/** Everything that keeps a plan from being put to work; empty when it can be. */
export function checkPlan(plan: DeploymentPlan, around: PlanSurroundings): readonly PlanProblem[] {
  const bot = around.bots.get(plan.bot)
  if (!bot) return plan.activity === undefined ? [unknownBot(plan)] : reportingProblems(plan, around)
  return [
    ...(plan.activity === undefined
      ? []
      : [
          problem(
            'activity',
            'activity-given',
            `"${plan.bot}" is in the catalogue and has its own: leave it out.`,
          ),
        ]),
    ...settingsProblems(bot, plan),
    ...systemProblems(bot, plan, around),
    ...plan.triggers.flatMap((trigger, place) => triggerProblems(bot, trigger, place, plan)),
    ...baselineProblems(bot, plan),
    ...twoBaselines(plan),
    ...responsibleProblems(plan, around),
  ]
}

/** @throws business: the first problem, with its field */
export function expectRight(problems: readonly PlanProblem[]): void {
  const [first] = problems
  if (first) throw new Failure('business', first.code, `Field ${first.field}: ${first.sentence}`)
}

const problem = (field: string, code: string, sentence: string): PlanProblem => ({ field, code, sentence })

const unknownBot = ({ bot }: DeploymentPlan): PlanProblem =>
  problem(
    'bot',
    'bot-unknown',
    `Robot "${bot}" is not in this version: choose another one, or give the activity of a robot of another make that only reports.`,
  )

/** A robot of another make only reports what it did: it is given nothing, and its variants are those of its baselines. */
function reportingProblems(plan: DeploymentPlan, around: PlanSurroundings): PlanProblem[] {
  const none = 'a robot that only reports has none: leave them out.'
  const given = [
    ...(Object.keys(plan.settings).length > 0 ? ['settings'] : []),
    ...(Object.keys(plan.systems).length > 0 ? ['systems'] : []),
    ...(plan.triggers.length > 0 ? ['triggers'] : []),
  ]
  const named = /^[a-z0-9-]{1,80}$/.test(plan.bot)
  return [
    ...(named ? [] : [problem('bot', 'bot-invalid', 'write small letters, digits and hyphens, at most 80.')]),
    ...given.map((field) => problem(field, 'only-reports', none)),
    ...(plan.baselines.length > 0
      ? twoBaselines(plan)
      : [
          problem(
            'baselines',
            'baseline-missing',
            'what is reported needs a baseline to count: give at least one.',
          ),
        ]),
    ...responsibleProblems(plan, around),
  ]
}

function settingsProblems(bot: Bot, { settings }: DeploymentPlan): PlanProblem[] {
  const result = bot.settings.safeParse(settings)
  if (result.success) return []
  return result.error.issues.map(({ path, message }) =>
    problem(['settings', ...path].join('.'), 'setting-invalid', `${message}.`),
  )
}

function systemProblems(bot: Bot, { systems }: DeploymentPlan, around: PlanSurroundings): PlanProblem[] {
  const missing = Object.entries(bot.systems).flatMap(([role, kind]) => {
    const chosen = systems[role]
    const found = chosen === undefined ? undefined : around.systems.get(chosen)
    if (found?.kind === kind) return []
    const sentence = `choose a ${kind} system of this hospital as "${role}".`
    return [problem(`systems.${role}`, found ? 'system-kind' : 'system-missing', sentence)]
  })
  const extra = Object.keys(systems).filter((role) => !Object.hasOwn(bot.systems, role))
  return [
    ...missing,
    ...extra.map((role) =>
      problem(`systems.${role}`, 'role-unknown', `the robot needs no system as "${role}": leave it out.`),
    ),
  ]
}

function triggerProblems(
  bot: Bot,
  trigger: PlannedTrigger,
  place: number,
  { triggers }: DeploymentPlan,
): PlanProblem[] {
  const at = `triggers.${place}`
  const twice = triggers.findIndex(({ id }) => id === trigger.id) !== place
  return [
    ...(twice
      ? [problem(`${at}.id`, 'trigger-twice', `there are two triggers "${trigger.id}": rename one.`)]
      : []),
    ...unfitting(bot, trigger, at),
    ...(trigger.kind === 'schedule' ? cronProblems(trigger.cron, `${at}.cron`) : []),
    ...(trigger.kind === 'fhir' && bot.systems[trigger.role] !== 'fhir'
      ? [problem(`${at}.role`, 'role-unknown', `the robot has no FHIR system as "${trigger.role}".`)]
      : []),
  ]
}

const FITS = {
  schedule: ['collect', 'does not look for work itself: give it a message trigger.'],
  hl7: ['hl7', 'does not read HL7 messages: give it a schedule.'],
  fhir: ['fhir', 'does not read FHIR resources: give it a schedule.'],
} as const

function unfitting(bot: Bot, { kind }: PlannedTrigger, at: string): PlanProblem[] {
  const [ability, sentence] = FITS[kind]
  return bot[ability] ? [] : [problem(`${at}.kind`, 'trigger-unfit', `this robot ${sentence}`)]
}

function cronProblems(cron: string, field: string): PlanProblem[] {
  try {
    nextFiring(cron, 'Europe/Amsterdam', new Date())
    return []
  } catch (error) {
    if (!(error instanceof Failure)) throw error
    return [problem(field, error.code, error.message.replace(/^Field cron: /, ''))]
  }
}

function baselineProblems(bot: Bot, { baselines }: DeploymentPlan): PlanProblem[] {
  const known = Object.keys(bot.variants)
  return baselines.flatMap(({ variant }, place) => {
    if (known.includes(variant)) return []
    const sentence = `the robot has no variant "${variant}"; choose from ${known.join(', ')}.`
    return [problem(`baselines.${place}.variant`, 'variant-unknown', sentence)]
  })
}

function twoBaselines({ baselines }: DeploymentPlan): PlanProblem[] {
  return baselines.flatMap(({ variant, validFrom }, place) => {
    const first = baselines.findIndex((one) => one.variant === variant && one.validFrom === validFrom)
    if (first === place) return []
    const sentence = `variant "${variant}" has two baselines from ${validFrom}: leave one out.`
    return [problem(`baselines.${place}.validFrom`, 'baseline-twice', sentence)]
  })
}

function responsibleProblems(
  { responsible }: DeploymentPlan,
  { isAccount }: PlanSurroundings,
): PlanProblem[] {
  if (responsible === '')
    return [
      problem('responsible', 'responsible-missing', 'choose who is responsible for what the robot does.'),
    ]
  if (!isAccount || isAccount(responsible)) return []
  const sentence = `"${responsible}" is no account of this hospital: choose somebody who can sign in.`
  return [problem('responsible', 'responsible-unknown', sentence)]
}
