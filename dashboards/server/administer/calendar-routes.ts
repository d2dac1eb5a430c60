import {
  putClosingDay,
  readClosingDays,
  removeClosingDay,
} from '../../../orchestrator/ledger/closing-days.ts'
import { freeDays, publicHolidays } from '../../../orchestrator/triggers/free-days.ts'
import { nextFirings } from '../../../orchestrator/triggers/preview.ts'
import { Done, Hospital } from '../door/account-schemas.ts'
import { defineRoute, type Route } from '../route.ts'
import { changedBy, timeZoneOf, todayAt } from './by-caller.ts'
import {
  Calendar,
  CalendarAsked,
  ClosingDayName,
  ClosingDayPath,
  ScheduleAsked,
  SchedulePreview,
} from './calendar-schemas.ts'

const FIRINGS_SHOWN = 5
const done = { done: true }

export const calendarRoutes: readonly Route[] = [
  defineRoute({
    method: 'GET',
    path: '/api/hospitals/:hospital/calendar',
    roles: ['administrator', 'it', 'auditor'],
    summary: 'The public holidays and own closing days of a year, in order; this year when none is named.',
    params: Hospital,
    query: CalendarAsked,
    answer: Calendar,
    async handle({ params: { hospital }, query }, context) {
      const today = await todayAt(hospital, context)
      const year = query.year ?? Number(today.slice(0, 4))
      const own = await readClosingDays(context.db, hospital)
      const closing = own
        .filter(({ day }) => day.startsWith(`${year}-`))
        .map(({ day, name }) => ({ day, name: { nl: name, en: name }, kind: 'closing' as const }))
      const days = [...publicHolidays(year), ...closing].toSorted((one, other) =>
        one.day < other.day ? -1 : 1,
      )
      return { year, today, days }
    },
  }),
  defineRoute({
    method: 'PUT',
    path: '/api/hospitals/:hospital/closing-days/:day',
    roles: ['administrator'],
    summary: 'Adds a closing day, or renames it.',
    params: ClosingDayPath,
    body: ClosingDayName,
    answer: Done,
    async handle({ params: { hospital, day }, body: { name } }, context) {
      await putClosingDay(context.db, changedBy(hospital, context), { day, name })
      return done
    },
  }),
  defineRoute({
    method: 'DELETE',
    path: '/api/hospitals/:hospital/closing-days/:day',
    roles: ['administrator'],
    summary: 'Takes a closing day away.',
    params: ClosingDayPath,
    answer: Done,
    async handle({ params: { hospital, day } }, context) {
      await removeClosingDay(context.db, changedBy(hospital, context), day)
      return done
    },
  }),
  defineRoute({
    method: 'POST',
    path: '/api/hospitals/:hospital/schedule',
    roles: ['administrator', 'it', 'auditor'],
    summary: 'The next five firings of a schedule in words, with the free days that it leaves out.',
    params: Hospital,
    body: ScheduleAsked,
    answer: SchedulePreview,
    async handle({ params: { hospital }, body: { cron, skipHolidays } }, context) {
      const zone = await timeZoneOf(hospital, context)
      const free = skipHolidays ? freeDays(await readClosingDays(context.db, hospital)) : undefined
      const firings = nextFirings(cron, zone, new Date(), { count: FIRINGS_SHOWN, free })
      return { firings: firings.map((firing) => ({ ...firing, skipped: [...firing.skipped] })) }
    },
  }),
]
