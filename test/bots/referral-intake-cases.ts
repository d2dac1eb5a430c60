import bot from '../../bots/referral-intake/bot.ts'
import type { Act } from '../../bots/bot.ts'
import type { WebSystemSettings } from '../../connectors/browser/session.ts'
import { asFailure } from '../../connectors/failure.ts'
import type { Failure } from '../../connectors/failure.ts'
import { openExpected } from '../practice-hospital/expected.ts'
import { createFaults } from '../practice-hospital/faults.ts'
import type { Fault, FaultKind } from '../practice-hospital/faults.ts'
import { openReferrals } from '../practice-hospital/portal/referrals.ts'
import { SPECIALISMS } from '../practice-hospital/specialisms.ts'
import { botTools } from './bot-tools.ts'
import type { BotToolsOptions, Seen } from './bot-tools.ts'
import { openBotSystems } from './open-bot-systems.ts'
import type { BotSystems } from './open-bot-systems.ts'

export const TODAY = '2026-11-21'
export const SETTINGS = {
  specialties: SPECIALISMS.map((name) => ({ portal: name, epd: name })),
  patientNumberSystem: 'urn:practice:zis',
  referralNumberSystem: 'urn:practice:referral',
}
/** The effects of a referral that was done: one of each. */
export const KNOWN_DONE = ['letter-filed', 'referral-handled', 'referral-registered']
export const NEW_DONE = [...KNOWN_DONE.slice(0, 1), 'patient-registered', ...KNOWN_DONE.slice(1)]

export type Options = Partial<BotToolsOptions> & {
  /** What an administrator set otherwise for the web systems of this run. */
  readonly web?: Partial<WebSystemSettings>
  /** Told before an act is prepared. */
  readonly beforePrepare?: (act: string) => void
  readonly item?: object
}

export interface Run extends Seen {
  readonly variant: string | undefined
  readonly nothingToDo: boolean
  /** What the runner would make of how it ended; undefined when it ended well. */
  readonly failure: Failure | undefined
}

/** A practice hospital with this many referrals, and the bot at work on them one at a time. */
export interface Cases extends AsyncDisposable {
  readonly all: BotSystems
  /** The next referral that should end so and was not given before. */
  take(
    outcome:
      'known-patient' | 'new-patient' | 'unreadable letter' | 'unknown specialty' | 'patient not certain',
  ): string
  run(number: string, options?: Options): Promise<Run>
  /** The kinds of what was done about a referral, by the marker of its runs. */
  effects(number: string): string[]
  /** Every sentence that any run failed with. */
  readonly sentences: string[]
}

export async function openCases(referrals: number): Promise<Cases> {
  const all = await openBotSystems({ referrals })
  const waiting = openExpected(all.hospital.store).all()
  const sentences: string[] = []
  return {
    all,
    sentences,
    take: (outcome) => {
      const place = waiting.findIndex(({ variant, why }) => variant === outcome || why === outcome)
      const [taken] = waiting.splice(place, 1)
      if (place < 0 || !taken) throw new Error(`No referral is left with outcome ${outcome}.`)
      return taken.key
    },
    run: (number, options = {}) => run(all, sentences, number, options),
    effects: (number) =>
      all.hospital.witness
        .list()
        .filter(({ marker, key }) => marker === markerOf(number) || key === number)
        .map(({ kind }) => kind)
        .toSorted(),
    [Symbol.asyncDispose]: () => all[Symbol.asyncDispose](),
  }
}

export const markerOf = (number: string): string => `ontregel-${number}`

async function run(all: BotSystems, sentences: string[], number: string, options: Options): Promise<Run> {
  const { web, beforePrepare = () => undefined, item = {}, ...given } = options
  await using opened = await all.forItem(web)
  const { portal, epd, fhir } = opened
  const { tools, seen } = botTools({
    ...{ systems: { portal, epd, fhir }, settings: SETTINGS, today: TODAY, marker: markerOf(number) },
    ...given,
  })
  const act = <Pressed>(name: string, what: Act<Pressed>) => {
    const prepare = async () => {
      beforePrepare(name)
      await what.prepare?.()
    }
    return tools.act(name, { ...what, prepare })
  }
  try {
    const outcome = await bot.process(bot.readItem({ referralNumber: number, ...item }), { ...tools, act })
    return {
      ...seen,
      variant: outcome.variant,
      nothingToDo: outcome.nothingToDo ?? false,
      failure: undefined,
    }
  } catch (error) {
    // As the runner asks: the first system that knows more than the error says.
    const [atPortal, atEpd] = [await portal.failure(error), await epd.failure(error)]
    const failure = [atPortal, atEpd].find(({ code }) => code !== asFailure(error).code) ?? atEpd
    sentences.push(failure.message)
    return { ...seen, variant: undefined, nothingToDo: false, failure }
  }
}

/** What the portal holds of a referral. */
export function referralOf({ all }: Cases, number: string) {
  const referral = openReferrals(all.hospital).get(number)
  if (!referral) throw new Error(`There is no referral ${number}.`)
  return referral
}

/** Fault settings by which only the n-th page that is asked for goes wrong, of the first forty, in this way. */
export function onlyPage(kind: FaultKind, n: number, variant?: Fault['variant']) {
  for (let seed = 1; ; seed += 1) {
    const settings = { rate: 0.03, kinds: [kind], seed }
    const faults = createFaults(seed, () => new Date(0))
    faults.configure(settings)
    const drawn = Array.from({ length: 40 }, () => faults.draw('page'))
    const right = drawn[n - 1] && (variant === undefined || drawn[n - 1]?.variant === variant)
    if (right && drawn.filter(Boolean).length === 1) return settings
  }
}
