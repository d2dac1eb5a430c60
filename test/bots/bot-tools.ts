import type { Act, Bot, ItemTools, Json, Outcome, System, SystemNeeds } from '../../bots/bot.ts'
import { Failure } from '../../connectors/failure.ts'
import { NO_PRESS } from '../../connectors/press-guard.ts'

export interface BotToolsOptions {
  readonly systems: Readonly<Record<string, System>>
  readonly settings: Json
  /** `2026-11-21` */
  readonly today: string
  readonly marker?: string
  readonly signal?: AbortSignal
  /** Told before each press; throws to stop it. */
  readonly beforePress?: (act: string) => void | Promise<void>
  /** Told right after a press: throw to lose its answer, as when the worker dies. */
  readonly afterPress?: (act: string) => void | Promise<void>
  /** `blind` never looks before pressing: the twin that shows what `find` is for. */
  readonly looking?: 'blind'
  /** Everything but the press, as in shadow mode. */
  readonly shadow?: boolean
}

/** How one act went: `name` or `name:key`. */
export interface ActSeen {
  readonly act: string
  readonly how: 'pressed' | 'already-there' | 'shadow'
  readonly reference: string
  readonly payload: Json
}

/** What a bot did with the tools it was handed. */
export interface Seen {
  readonly steps: string[]
  readonly acts: ActSeen[]
  /** Acts whose press was begun, also when it failed. */
  readonly pressed: string[]
  readonly next: { readonly bot: string; readonly item: Json }[]
  /** The numbers of the patients that the item was said to be about. */
  readonly about: string[]
}

export interface BotTools {
  readonly tools: ItemTools<unknown, SystemNeeds>
  readonly seen: Seen
}

/**
 * The tools of one item without the orchestrator. An act runs in the protocol's order: find, prepare, press, confirm;
 * there is no ledger, so nothing is remembered from one call to the next but what stands at the target.
 */
export function botTools(options: BotToolsOptions): BotTools {
  const { systems, settings, today, marker = 'marker-1', signal = new AbortController().signal } = options
  const seen: Seen = { steps: [], acts: [], pressed: [], next: [], about: [] }
  const tools: ItemTools<unknown, SystemNeeds> = {
    ...{ systems, settings, today, marker, signal },
    about: (...numbers) => Promise.resolve(void seen.about.push(...numbers)),
    step: async (name, read) => {
      seen.steps.push(name)
      return read()
    },
    act: async (name, act) => {
      const done = await carryOut(act.key === undefined ? name : `${name}:${act.key}`, act, options, seen)
      seen.acts.push(done)
      return done.reference
    },
    next: (bot, item) => void seen.next.push({ bot, item }),
  }
  return { tools, seen }
}

/** Runs a bot on one item as it comes from outside. */
export async function runBot(
  bot: Bot,
  item: unknown,
  options: BotToolsOptions,
): Promise<Seen & { readonly outcome: Outcome<string> }> {
  const { tools, seen } = botTools(options)
  const outcome = await bot.process(bot.readItem(item), tools)
  return { ...seen, outcome }
}

/** The failure that something ends with; throws when it ends well or with anything but a Failure. */
export async function failureOf(work: Promise<unknown>): Promise<Failure> {
  const ended = await work.then(
    () => undefined,
    (error: unknown) => error,
  )
  if (ended instanceof Failure) return ended
  throw new Error('It did not end with a Failure.', { cause: ended })
}

/** The answer to a press never came: what a bot sees when the line breaks, and nothing at all when its worker dies. */
export function answerLost(): never {
  throw new Failure('unsure', 'answer-lost', 'The answer to a press was lost on purpose.')
}

async function carryOut<Pressed>(
  name: string,
  act: Act<Pressed>,
  options: BotToolsOptions,
  seen: Seen,
): Promise<ActSeen> {
  const { payload } = act
  const hits = options.looking === 'blind' ? [] : ((await act.find?.()) ?? [])
  const [hit] = hits
  if (hit) {
    if (hits.length > 1 || !hit.same)
      throw new Failure('business', 'found-different', `"${name}" is there otherwise.`)
    return { act: name, how: 'already-there', reference: hit.reference, payload }
  }
  await act.prepare?.()
  await options.beforePress?.(name)
  if (options.shadow) return { act: name, how: 'shadow', reference: 'shadow', payload }
  seen.pressed.push(name)
  const pressed = await act.press(NO_PRESS)
  await options.afterPress?.(name)
  return { act: name, how: 'pressed', reference: await act.confirm(pressed), payload }
}
