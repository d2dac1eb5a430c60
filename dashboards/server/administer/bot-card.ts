import type { z } from 'zod'
import type { Bot, SystemNeeds } from '../../../bots/bot.ts'
import type { Catalogue } from './catalogue-schemas.ts'

type Card = Omit<z.input<typeof Catalogue>[number], 'deployments' | 'givenHere' | 'givenElsewhere'>

/** What a bot says of itself, as the catalogue shows it. */
export function botCard(bot: Bot): Card {
  return {
    name: bot.name,
    title: bot.title,
    purpose: bot.purpose,
    activity: bot.activity,
    systems: Object.entries(bot.systems).map(([role, kind]) => systemOf(bot, role, kind)),
    acts: Object.entries(bot.acts ?? {}).map(([name, { title, verifiable }]) => ({
      name,
      title,
      verifiable,
    })),
    variants: Object.entries(bot.variants).map(([id, title]) => ({ id, title })),
    starts: [
      ...(bot.collect ? (['schedule'] as const) : []),
      ...(bot.hl7 ? (['hl7'] as const) : []),
      ...(bot.fhir ? (['fhir'] as const) : []),
    ],
  }
}

function systemOf(bot: Bot, role: string, kind: SystemNeeds[string]): Card['systems'][number] {
  const declared = bot.systemRoles?.[role]
  const unnamed = { title: { nl: role, en: role }, rights: { nl: '', en: '' } }
  return { role, kind, ...(declared ?? unnamed) }
}
