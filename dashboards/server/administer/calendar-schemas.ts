import { z } from 'zod'
import { Day } from '../day-schema.ts'
import { Hospital, Instant } from '../door/account-schemas.ts'
import { Text } from './catalogue-schemas.ts'

const FreeDay = z.object({ day: Day, name: Text, kind: z.enum(['public', 'closing']) })

/** `GET /api/hospitals/:hospital/calendar?year=2026` */
export const CalendarAsked = z.object({ year: z.coerce.number().int().min(2000).max(2100).optional() })
export const Calendar = z.object({ year: z.number(), today: Day, days: z.array(FreeDay) })

export const ClosingDayPath = Hospital.extend({
  day: Day,
})

/** `PUT /api/hospitals/:hospital/closing-days/:day` */
export const ClosingDayName = z.strictObject({
  name: z.string().trim().min(1, 'write why the hospital is closed').max(100),
})

/** `POST /api/hospitals/:hospital/schedule`: when a schedule would fire. */
export const ScheduleAsked = z.strictObject({ cron: z.string().max(100), skipHolidays: z.boolean() })
export const SchedulePreview = z.object({
  firings: z.array(
    z.object({
      at: Instant,
      words: Text,
      /** The free days on which it would have fired, between the firing before and this one. */
      skipped: z.array(FreeDay),
    }),
  ),
})
