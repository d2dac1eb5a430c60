import { z } from 'zod'
import { Hospital } from '../door/account-schemas.ts'
import { OverSigned } from './over-signed-schemas.ts'

export const Day = z.string().regex(/^\d{4}-\d{2}-\d{2}$/, 'must be a date such as 2026-03-31')
/** The first and last day of a period, both counted. */
export const PeriodAsked = z.object({ from: Day, to: Day })
/** Of all one's hospitals, or of one. */
export const SavingsAsked = PeriodAsked.extend({ hospital: z.string().max(40).optional() })

export const Grade = z.enum(['A', 'B', 'C'])
const Range = z.object({ low: z.number(), high: z.number() })
const NoInterval = z.enum(['nothing-counted', 'estimate', 'too-few-cases'])
export const Norm = z.object({ name: z.string(), hoursPerYear: z.number(), validFrom: z.string().nullable() })
const Minutes = z.object({ gross: z.number(), human: z.number(), net: z.number() })
/** Null where it is fewer than five, or such a count would follow from it, and the reader sees counts only. */
const Count = z.number().nullable()
const Figure = z.number().nullable()

export const DeploymentSavings = z.object({
  id: z.string(),
  hospital: z.string(),
  bot: z.string(),
  activity: z.string().nullable(),
  /** Whether items in it were reported by a robot of another make. */
  reported: z.boolean(),
  items: z.object({ done: Count, parked: Count, nothing: Count, 'by-hand': Count, shadow: Count }),
  minutes: z.object({ gross: Figure, human: Figure, net: Figure }),
  withoutBaseline: Count,
  leftOut: Count,
  upkeepHours: z.number(),
  netHours: Figure,
  measuredDays: Count,
  hoursPerYear: Figure,
  fte: Figure,
  contractFte: Figure,
  grade: Grade.nullable(),
  marginHours: z.number().nullable(),
  oneOff: z.object({ items: Count, netHours: Figure }),
})

export const HospitalSavings = z.object({
  id: z.string(),
  name: z.string(),
  grossHours: z.number(),
  humanHours: z.number(),
  upkeepHours: z.number(),
  netHours: z.number(),
  hoursPerYear: z.number(),
  norm: Norm,
  fte: z.number(),
  contractFte: z.number(),
  grade: Grade.nullable(),
  interval: z.object({ netHours: Range, fte: Range, contractFte: Range }).nullable(),
  noInterval: NoInterval.nullable(),
  oneOff: z.object({ items: Count, netHours: z.number(), interval: Range.nullable() }),
  leftOut: Count,
  /** How many deployments were measured over fewer than 28 days. */
  brief: z.number(),
  realisedHours: z.number(),
  deployments: z.array(DeploymentSavings).readonly(),
})

/** Over all hospitals that were asked for, each at its own norm. */
const SavingsTotal = HospitalSavings.pick({
  ...{ netHours: true, fte: true, contractFte: true, interval: true, noInterval: true, brief: true },
})

/** One robot over all those hospitals. */
export const RobotSavings = z.object({
  bot: z.string(),
  hospitals: z.number(),
  ...{ done: Count, parked: Count },
  /** Parked ÷ (done + parked); null when there were none, too. */
  parkedShare: Figure,
  netHours: Figure,
  /** Of items that the robot did itself; null when none was counted. */
  leadTime: z.object({ items: z.number(), meanSeconds: z.number(), withinADay: Count }).nullable(),
})

/** Net hours of an activity over all those hospitals; null is none of the taxonomy. */
export const ActivitySavings = z.object({ activity: z.string().nullable(), netHours: Figure })

/** `GET /api/programme/savings?from=&to=&hospital=`; no figure is rounded. */
export const Savings = z.object({
  period: PeriodAsked.extend({ until: z.string() }),
  total: SavingsTotal,
  hospitals: z.array(HospitalSavings).readonly(),
  /** That touch the period. */
  overSigned: z.array(OverSigned).readonly(),
  robots: z.array(RobotSavings).readonly(),
  activities: z.array(ActivitySavings).readonly(),
  bots: z
    .array(z.object({ name: z.string(), title: z.object({ nl: z.string(), en: z.string() }) }))
    .readonly(),
})

/** `GET /api/programme/savings/trend?from=&to=&hospital=` */
export const Trend = z
  .array(
    PeriodAsked.extend({
      month: z.string(),
      deployments: z
        .array(
          z.object({
            hospital: z.string(),
            /** Null for deployments that are not told apart, taken together. */
            id: z.string().nullable(),
            bot: z.string().nullable(),
            activity: z.string().nullable(),
            grossHours: z.number(),
            netHours: z.number(),
            oneOffHours: z.number(),
          }),
        )
        .readonly(),
    }),
  )
  .readonly()

export const Measure = z.enum([
  'gross-minutes',
  'net-hours',
  'hours-a-year',
  'fte',
  'contract-fte',
  'one-off-hours',
])
/** `GET /api/hospitals/:hospital/savings/explain?measure=&from=&to=&deployment=` */
export const ExplainAsked = PeriodAsked.extend({
  measure: Measure,
  deployment: z.string().max(80).optional(),
})
const Unit = z.enum(['items', 'minutes', 'hours', 'days', 'hours-a-year', 'fte', 'share'])
const Term = z.object({
  name: z.enum([
    ...([
      'shares',
      'baseline',
      'chain-share',
      'gross-minutes',
      'human-minutes',
      'net-minutes',
      'minutes-an-hour',
    ] as const),
    ...(['upkeep', 'net-hours', 'days-of-year', 'measured-days', 'hours-a-year', 'norm'] as const),
  ]),
  value: z.number(),
  unit: Unit,
  deployment: z.string().optional(),
  variant: z.string().optional(),
  baseline: z.number().optional(),
})
const Product = z.object({
  minus: z.literal(true).optional(),
  factors: z.array(Term).readonly(),
  divisors: z.array(Term).readonly(),
})
export const VariantTitle = z.object({
  name: z.string(),
  title: z.object({ nl: z.string(), en: z.string() }),
})
export const Explanation = z.object({
  measure: Measure,
  hospital: z.string(),
  deployment: z.string().nullable(),
  period: PeriodAsked.extend({ until: z.string() }),
  value: z.number(),
  unit: Unit,
  steps: z
    .array(
      z.object({
        name: z.enum(['gross-minutes', 'net-minutes', 'net-hours', 'hours-a-year', 'sum', 'fte']),
        deployment: z.string().optional(),
        products: z.array(Product).readonly(),
        value: z.number(),
        unit: Unit,
        /** How often each baseline counted is not told to this reader. */
        withheld: z.literal(true).optional(),
      }),
    )
    .readonly(),
  norm: Norm,
  contractNorm: Norm,
  interval: Range.nullable(),
  noInterval: NoInterval.nullable(),
  baselines: z
    .array(
      z.object({
        ...{
          id: z.number(),
          deployment: z.string(),
          variant: z.string(),
          minutes: z.string(),
          method: z.string(),
        },
        ...{ grade: Grade, n: z.number().nullable(), spreadMinutes: z.string().nullable() },
        ...{ measuredBy: z.string(), measuredOn: z.string(), validFrom: z.string() },
        ...{ validUntil: z.string().nullable(), remeasureOn: z.string() },
      }),
    )
    .readonly(),
  counts: z
    .array(
      z.object({
        ...{ deployment: z.string(), day: z.string(), variant: z.string(), outcome: z.string() },
        ...{ kind: z.enum(['regular', 'one-off', 'left-out']), items: z.number(), shares: z.string() },
        ...{ baseline: z.number().nullable(), chainShare: z.string().nullable(), minutes: Minutes },
      }),
    )
    .readonly(),
  withheld: z.object({ minutes: Minutes }).nullable(),
  leftOut: Count,
  withoutBaseline: Count,
  /** Whether the reader may go down to items. */
  seesItems: z.boolean(),
  /** The deployments of the hospital, with what their robots call the variants. */
  deployments: z.array(z.object({ id: z.string(), variants: z.array(VariantTitle).readonly() })).readonly(),
})

export const HospitalPath = Hospital
