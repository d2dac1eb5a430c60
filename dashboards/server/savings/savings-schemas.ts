import { z } from 'zod'
import { Day } from '../day-schema.ts'
import { Hospital } from '../door/account-schemas.ts'
import { OverSigned } from './over-signed-schemas.ts'
import { WithdrawnImport } from './withdrawn-imports-schemas.ts'

/** The first and last day of a period, both counted. */
export const PeriodAsked = z.object({ from: Day, to: Day })
/** Of all one's hospitals, or of one. */
export const SavingsAsked = PeriodAsked.extend({ hospital: z.string().max(40).optional() })

export const Grade = z.enum(['A', 'B', 'C'])
export const Range = z.object({ low: z.number(), high: z.number() })
export const NoInterval = z.enum(['nothing-counted', 'estimate', 'too-few-cases', 'no-spread'])
export const Norm = z.object({ name: z.string(), hoursPerYear: z.number(), validFrom: z.string().nullable() })
export const Minutes = z.object({ gross: z.number(), human: z.number(), net: z.number() })
/** Null where it is fewer than five, or such a count would follow from it, and the reader sees counts only. */
export const Count = z.number().nullable()
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
  /** The first local day ever that counts towards them. */
  firstDay: z.string().nullable(),
  /** No measured days: what they counted is of a backlog. */
  backlogDays: Count,
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
  /** Signed for periods that lie partly outside the one that was asked for. */
  realisedAcrossHours: z.number(),
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
  /** Of items that the robot did itself; null when none was counted, or when it is not told. */
  leadTime: z.object({ items: z.number(), meanSeconds: z.number(), withinADay: Count }).nullable(),
  leadTimeWithheld: z.boolean(),
  /** The deployments that it is made of; none where one of them is not told. */
  leadTimeParts: z
    .array(z.object({ deployment: z.string(), items: z.number(), seconds: z.number(), withinADay: Count }))
    .readonly(),
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
  withdrawnImports: z.array(WithdrawnImport).readonly(),
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

export const HospitalPath = Hospital
