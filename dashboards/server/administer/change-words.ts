import { z } from 'zod'
import type { Bot, Json, Text } from '../../../bots/bot.ts'
import { bots } from '../../../bots/index.ts'
import type { Change } from '../../../orchestrator/ledger/changes.ts'
import type { Difference } from '../../../orchestrator/ledger/differences.ts'
import { SYSTEM_KINDS } from '../../../orchestrator/ledger/system-kinds.ts'
import { botCard } from './bot-card.ts'
import { systemWords } from './system-words.ts'

/**
 * What is called in words what a change names by its code: robots, and of the robot or kind of system that it is of, the
 * settings, systems and variants. By their codes, and only those that it names.
 * @param botOf the robot of each deployment of the hospital
 */
export function changeWords(
  { subject, before, after }: Pick<Change, 'subject' | 'before' | 'after'>,
  differences: readonly Difference[],
  botOf: ReadonlyMap<string, string>,
): Record<string, Text> {
  const known = new Map([
    ...botTitles(),
    ...ownTitles(botNamed(subject, after ?? before, botOf)),
    ...systemTitles(after ?? before),
  ])
  const named = [subject, ...differences.flatMap(({ path, before: was, after: is }) => [path, was, is])]
  const codes = new Set(named.flatMap((text) => (typeof text === 'string' ? text.split(/[\s.[\]]+/) : [])))
  return Object.fromEntries([...known].filter(([code]) => codes.has(code)))
}

const botTitles = () => [...bots.values()].map(({ name, title }) => [name, title] as const)

const Named = z.object({ bot: z.string() })

/** The robot that is told of, or that of the deployment whose id the subject begins with. */
function botNamed(subject: string, now: Json, botOf: ReadonlyMap<string, string>): Bot | undefined {
  const name = Named.safeParse(now).data?.bot ?? botOf.get(subject.split(' ')[0] ?? '')
  return name === undefined ? undefined : bots.get(name)
}

function ownTitles(bot: Bot | undefined): (readonly [string, Text])[] {
  if (!bot) return []
  const { systems } = botCard(bot)
  return [
    ...settingTitles(z.toJSONSchema(bot.settings, { io: 'input', unrepresentable: 'any' })),
    ...systems.map(({ role, title }) => [role, title] as const),
    ...Object.entries(bot.variants),
  ]
}

const Both = z.object({ nl: z.string(), en: z.string() })
const Field = z.looseObject({ words: z.object({ title: Both }) })
const Inside = z.record(z.string(), z.unknown())

/** Those of fields within fields too. */
function settingTitles(schema: unknown): (readonly [string, Text])[] {
  const inside = Inside.safeParse(schema).data ?? {}
  return Object.entries(inside).flatMap(([name, part]) => {
    const title = Field.safeParse(part).data?.words.title
    return [...(title ? [[name, title] as const] : []), ...settingTitles(part)]
  })
}

const System = z.object({ kind: z.enum(SYSTEM_KINDS), address: z.string() })

/** Of a field within a group the last part of its place is its code. */
function systemTitles(now: Json): (readonly [string, Text])[] {
  const system = System.safeParse(now).data
  if (!system) return []
  const en = systemWords(system.kind, 'en')
  return Object.entries(systemWords(system.kind, 'nl')).map(
    ([place, { title }]) =>
      [place.split('.').at(-1) ?? place, { nl: title, en: en[place]?.title ?? title }] as const,
  )
}
