import { LastRecount } from './last-recount-schemas.ts'
import { readLastRecount } from '../../../orchestrator/savings/last-recount.ts'
import { CountedItems, ItemsAsked } from './counted-items-schemas.ts'
import type { Text } from '../../../bots/bot.ts'
import { bots } from '../../../bots/index.ts'
import { readLeadTimes } from '../../../orchestrator/programme/lead-time.ts'
import { explain } from '../../../orchestrator/savings/explain.ts'
import { readItemsOfCount } from '../../../orchestrator/savings/explain-items.ts'
import {
  addBusinessCase,
  readPotential,
  removeBusinessCase,
} from '../../../orchestrator/savings/potential.ts'
import { readWithdrawnImports } from '../../../orchestrator/savings/withdrawn-imports.ts'
import { readOverSigned } from '../../../orchestrator/savings/over-signed.ts'
import { readSavings } from '../../../orchestrator/savings/report.ts'
import { inSnapshot } from '../../../orchestrator/savings/snapshot.ts'
import { readTrend } from '../../../orchestrator/savings/trend.ts'
import { localDate } from '../../../orchestrator/triggers/calendar.ts'
import { Done } from '../door/account-schemas.ts'
import { hospitalsAsked } from '../hospitals-asked.ts'
import { expectRobot } from '../programme/known-robots.ts'
import { recordCaller } from '../items/caller-access.ts'
import { defineRoute, type Caller, type Route } from '../route.ts'
import { Made, NumberPath } from './measure-schemas.ts'
import { NewBusinessCase, Potentials } from './potential-schemas.ts'
import { savingsAnswer } from './savings-answer.ts'
import { ExplainAsked, Explanation } from './explain-schemas.ts'
import { HospitalPath, Savings, SavingsAsked, Trend } from './savings-schemas.ts'

/** Figures are read by who signs them off, and by who works with the robots. */
export const READERS = ['programme', 'administrator', 'auditor'] as const
/** Days are those of the Netherlands, where a report covers several hospitals. */
export const today = (): string => localDate(new Date(), 'Europe/Amsterdam')

/** Whether somebody may go down to items at a hospital; the programme office may not. */
export const seesItems = ({ grants }: Caller, hospital: string): boolean =>
  (['administrator', 'auditor'] as const).some((role) => grants.get(hospital)?.has(role))

const titles = () => [...bots.values()].map(({ name, title }) => ({ name, title }))
const ITEMS_A_PAGE = 100

/** What a robot calls its variants; none of a robot that is not of this version. */
export const variantsOf = (bot: string): { name: string; title: Text }[] =>
  Object.entries(bots.get(bot)?.variants ?? {}).map(([name, title]) => ({ name, title }))

export const figureRoutes: readonly Route[] = [
  defineRoute({
    method: 'GET',
    path: '/api/programme/savings',
    roles: READERS,
    summary:
      'Hours and FTE of a period, together and per hospital, robot, activity and deployment. No figure is rounded.',
    query: SavingsAsked,
    answer: Savings,
    async handle({ query }, { db, caller, hospitals, figures }) {
      hospitalsAsked(hospitals, query.hospital)
      return await inSnapshot(db, async (snapshot) => {
        const report = await readSavings(snapshot, { ...query, today: today() }, figures)
        const { period } = report
        const leadTimes = await readLeadTimes(snapshot, period)
        const overSigned = await readOverSigned(snapshot, { ...query, period, today: today() }, figures)
        const seen = (hospital: string) => seesItems(caller, hospital)
        const withdrawnImports = await readWithdrawnImports(snapshot, { ...query, seesItems: seen })
        const more = { bots: titles(), overSigned, withdrawnImports, leadTimes }
        return savingsAnswer(report, more, seen)
      })
    },
  }),
  defineRoute({
    method: 'GET',
    path: '/api/programme/savings/recounted',
    roles: READERS,
    summary:
      'When the figures were last derived again from the events themselves, over which days, and in how many places they differed.',
    answer: LastRecount,
    handle: (_asked, { db }) => readLastRecount(db),
  }),
  defineRoute({
    method: 'GET',
    path: '/api/programme/savings/trend',
    roles: READERS,
    summary: 'Net hours of each deployment by month; the months add up to the report of the period.',
    query: SavingsAsked,
    answer: Trend,
    async handle({ query }, { db, caller, hospitals, figures }) {
      hospitalsAsked(hospitals, query.hospital)
      const sees = (hospital: string) => seesItems(caller, hospital)
      return await readTrend(db, { ...query, today: today() }, sees, figures)
    },
  }),
  defineRoute({
    method: 'GET',
    path: '/api/hospitals/:hospital/savings/explain',
    roles: READERS,
    summary:
      'A figure from its formula down to the counts by day; groups under five are withheld from the programme.',
    params: HospitalPath,
    query: ExplainAsked,
    answer: Explanation,
    async handle({ params: { hospital }, query }, { db, caller }) {
      const sees = seesItems(caller, hospital)
      const explanation = await explain(db, { ...query, hospital, today: today(), seesItems: sees })
      const named = await db
        .selectFrom('deployment')
        .select(['id', 'bot'])
        .where('hospital', '=', hospital)
        .execute()
      const deployments = named.map(({ id, bot }) => ({ id, variants: variantsOf(bot) }))
      return { ...explanation, seesItems: sees, deployments }
    },
  }),
  defineRoute({
    method: 'GET',
    path: '/api/hospitals/:hospital/savings/items',
    roles: ['administrator', 'auditor'],
    access: { action: 'search', subject: 'item' },
    summary: 'The items behind one count of a day, a hundred at a time.',
    params: HospitalPath,
    query: ItemsAsked,
    answer: CountedItems,
    async handle({ params: { hospital }, query: { cursor = '0', ...query } }, context) {
      const asked = { hospital, ...query, after: Number(cursor), limit: ITEMS_A_PAGE }
      const items = await readItemsOfCount(context.db, asked)
      const ids = items.map(({ id }) => id)
      await recordCaller(context, hospital, 'search', 'item', ids)
      const last = items.length === ITEMS_A_PAGE ? items.at(-1) : undefined
      const rows = items.map((item) => ({ ...item, at: item.at.toISOString() }))
      return { rows, next: last ? String(last.event) : null }
    },
  }),
  defineRoute({
    method: 'GET',
    path: '/api/programme/potential',
    roles: READERS,
    summary:
      'What robots could give hospitals, from business cases and measured figures, the most hours first.',
    answer: Potentials,
    handle: (_asked, { db }) => readPotential(db, today()),
  }),
  defineRoute({
    method: 'POST',
    path: '/api/hospitals/:hospital/business-cases',
    roles: ['programme', 'administrator'],
    summary: 'Writes down what a robot is expected to give the hospital.',
    params: HospitalPath,
    body: NewBusinessCase,
    answer: Made,
    async handle({ params: { hospital }, body }, { db, caller }) {
      await expectRobot(db, body.bot)
      const by = { account: caller.account, today: today() }
      return { id: await addBusinessCase(db, by, { hospital, ...body }) }
    },
  }),
  defineRoute({
    method: 'DELETE',
    path: '/api/hospitals/:hospital/business-cases/:id',
    roles: ['programme', 'administrator'],
    summary: 'Takes away a business case that was entered by mistake; the one before it counts again.',
    params: NumberPath,
    answer: Done,
    async handle({ params }, { db, caller }) {
      await removeBusinessCase(db, { account: caller.account, today: today() }, params)
      return { done: true }
    },
  }),
]
