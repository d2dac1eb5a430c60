import { z } from 'zod'
import { Day } from '../day-schema.ts'
import { CsvFile } from '../csv-file.ts'
import { Hospital } from '../door/account-schemas.ts'
import { Bot } from './adoption-schemas.ts'
import { Activity } from './idea-schemas.ts'

const Year = z.coerce.number().int('must be a year').min(2000, 'must be a year from 2000 on').max(2100)
const Euros = z.string().regex(/^\d{1,10}(\.\d{1,2})?$/, 'must be an amount such as 1250.50')
const CostKind = z.enum(['licences', 'hours', 'hosting', 'other'])

/** `GET /api/programme/value?from=&to=&hospital=`, years; of all one's hospitals, or of one. Amounts are decimal text in euros, not rounded. */
export const ValueAsked = z.object({ from: Year, to: Year, hospital: z.string().max(40).optional() })
const Costs = z.object({ costs: z.record(CostKind, z.string()), costTotal: z.string() })
const ValueFigures = Costs.extend({
  benefit: z.string(),
  result: z.string(),
  netHours: z.number(),
  /** They are in `netHours`, and in no benefit. */
  hoursWithoutRate: z.number(),
})
/** Null is not told: a count of fewer than five would follow from it. */
const RobotFigures = Costs.extend({
  benefit: z.string().nullable(),
  result: z.string().nullable(),
  netHours: z.number().nullable(),
  hoursWithoutRate: z.number().nullable(),
})
export const Value = z.object({
  years: z.array(ValueFigures.extend({ year: z.number(), cumulative: z.string() })).readonly(),
  /** Over those years. */
  whole: ValueFigures,
  /** Also where the hours without a rate are 0 together. */
  someWithoutRate: z.boolean(),
  /** They add up to the whole. */
  robots: z
    .array(
      z.object({
        /** Null for costs that are not of one robot. */
        bot: z.string().nullable(),
        title: z.object({ nl: z.string(), en: z.string() }).nullable(),
        years: z.array(RobotFigures.extend({ year: z.number() })).readonly(),
        whole: RobotFigures,
      }),
    )
    .readonly(),
})

/** `GET /api/programme/value/file?from=&to=&hospital=&format=&language=` */
export const ValueFileAsked = ValueAsked.extend({
  format: z.enum(['csv', 'xlsx'], 'must be csv or xlsx'),
  language: z.enum(['nl', 'en'], 'must be nl or en').default('nl'),
})

/** `POST /api/hospitals/:hospital/costs` */
export const NewCost = z.object({
  bot: Bot.nullable(),
  year: Year,
  kind: CostKind,
  euros: Euros,
  note: z.string().trim().max(200, 'must have at most 200 characters'),
})
export const CostMade = z.object({ id: z.uuid() })
export const CostPath = Hospital.extend({ cost: z.uuid('must be the id of a cost') })
/** `GET /api/hospitals/:hospital/costs` */
export const Money = z.object({
  costs: z.array(NewCost.extend({ id: z.string() })),
  rates: z.array(
    z.object({ deployment: z.string(), validFrom: z.string(), functionGroup: z.string(), euros: z.string() }),
  ),
  /** Those that can be given a rate. */
  deployments: z.array(z.string()),
})
/** `PUT /api/hospitals/:hospital/rates` */
export const NewRate = z.object({
  deployment: z.string(),
  validFrom: Day,
  functionGroup: z.string().trim().min(1, 'must be filled in').max(60),
  euros: Euros,
})
/** `DELETE /api/hospitals/:hospital/rates/:deployment/:validFrom` */
export const RatePath = Hospital.extend({ deployment: z.string().max(80), validFrom: Day })

const Share = z.string().regex(/^(0(\.\d{1,4})?|1(\.0{1,4})?)$/, 'must be a share from 0 to 1, such as 0.21')
/** `GET` and `PUT /api/hospitals/:hospital/time-use/:year` */
export const TimeUse = z.object({
  source: z.string().trim().min(1, 'must say where the figures are from').max(200),
  groups: z
    .array(
      z.object({
        name: z.string().trim().min(1, 'must be filled in').max(80),
        hours: z.string().regex(/^\d{1,9}(\.\d)?$/, 'must be hours such as 120000'),
        shares: z.array(z.object({ activity: Activity, share: Share })).readonly(),
      }),
    )
    .readonly(),
})
/** `PUT /api/hospitals/:hospital/time-use/:year/file`: a form with a CSV file. */
export const TimeUseFile = z.object({ source: TimeUse.shape.source, file: CsvFile })
export const TimeUsePath = Hospital.extend({ year: Year })
export const TimeUseFound = TimeUse.nullable()

/** `GET /api/programme/time-use?year=`: hours spent on an activity, and net hours that robots gave back of it. */
export const TimeUseAsked = z.object({ year: Year })
export const ActivityUse = z.array(
  z.object({
    hospital: z.string(),
    activity: Activity,
    /** Null where the hospital entered none for the year. */
    spentHours: z.number().nullable(),
    /** Null where there is no robot for the activity, or where they are withheld. */
    savedHours: z.number().nullable(),
    /** Too few items, of which the reader may not see any. */
    withheld: z.boolean(),
  }),
)
