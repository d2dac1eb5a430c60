import type { z } from 'zod'
import { bots } from '../../../bots/index.ts'
import { Failure } from '../../../connectors/failure.ts'
import { givenElsewhere, givenHere } from '../../../orchestrator/savings/given.ts'
import { Hospital } from '../door/account-schemas.ts'
import { defineRoute, type Route } from '../route.ts'
import { seesItems } from '../savings/figure-routes.ts'
import { botCard } from './bot-card.ts'
import { todayAt } from './by-caller.ts'
import { BotForms, BotPath, Catalogue } from './catalogue-schemas.ts'
import { formOf } from './form-of.ts'

export const catalogueRoutes: readonly Route[] = [
  defineRoute({
    method: 'GET',
    path: '/api/hospitals/:hospital/bots',
    roles: ['administrator', 'it', 'programme', 'auditor'],
    summary: 'The robots there are: what each does, needs and may change, and what it gave where it runs.',
    params: Hospital,
    answer: Catalogue,
    async handle({ params: { hospital } }, context): Promise<z.input<typeof Catalogue>> {
      const { db, caller } = context
      const today = await todayAt(hospital, context)
      const here = await givenHere(db, hospital, today, seesItems(caller, hospital))
      const elsewhere = await givenElsewhere(db, hospital)
      const deployments = await db
        .selectFrom('deployment')
        .select(['id', 'bot', 'mode'])
        .where('hospital', '=', hospital)
        .orderBy('id')
        .execute()
      return [...bots.values()].map((bot) => ({
        ...botCard(bot),
        deployments: deployments.filter((one) => one.bot === bot.name).map(({ id, mode }) => ({ id, mode })),
        givenHere: here.get(bot.name) ?? null,
        givenElsewhere: elsewhere.get(bot.name) ?? null,
      }))
    },
  }),
  defineRoute({
    method: 'GET',
    path: '/api/hospitals/:hospital/bots/:bot/forms',
    roles: ['administrator', 'it', 'auditor'],
    summary: 'The forms of a robot as JSON Schema: its settings, and one item.',
    params: BotPath,
    answer: BotForms,
    handle: ({ params }, { caller: { language } }) => {
      const bot = bots.get(params.bot)
      if (!bot) throw new Failure('business', 'not-found', `Robot "${params.bot}" is not in this version.`)
      return Promise.resolve({ settings: formOf(bot.settings, language), item: formOf(bot.item, language) })
    },
  }),
]
