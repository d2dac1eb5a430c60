import { z } from 'zod'
import { MEASURES, STEPS, TERMS, UNITS } from '../../../orchestrator/savings/explain-names.ts'
import { Count, Grade, Minutes, NoInterval, Norm, PeriodAsked, Range } from './savings-schemas.ts'

export const Measure = z.enum(MEASURES)
/** `GET /api/hospitals/:hospital/savings/explain?measure=&from=&to=&deployment=` */
export const ExplainAsked = PeriodAsked.extend({
  measure: Measure,
  deployment: z.string().max(80).optional(),
})
const Unit = z.enum(UNITS)
const Kind = z.enum(['regular', 'one-off', 'left-out', 'shadow'])
export const Term = z.object({
  name: z.enum(TERMS),
  value: z.number(),
  unit: Unit,
  deployment: z.string().optional(),
  variant: z.string().optional(),
  baseline: z.number().optional(),
  kind: Kind.optional(),
  from: z.string().optional(),
})
const Product = z.object({
  minus: z.literal(true).optional(),
  factors: z.array(Term).readonly(),
  divisors: z.array(Term).readonly(),
})
export const Step = z.object({
  name: z.enum(STEPS),
  deployment: z.string().optional(),
  products: z.array(Product).readonly(),
  value: z.number(),
  unit: Unit,
  /** How often each baseline counted is not told to this reader. */
  withheld: z.literal(true).optional(),
})
const NotTold = z.enum([...NoInterval.options, 'withheld'])
export const VariantTitle = z.object({
  name: z.string(),
  title: z.object({ nl: z.string(), en: z.string() }),
})
/** What a reader needs to judge a baseline. */
export const ToldBaseline = z.object({
  ...{ id: z.number(), deployment: z.string(), variant: z.string(), minutes: z.string(), method: z.string() },
  ...{ grade: Grade, n: z.number().nullable(), spreadMinutes: z.string().nullable() },
  ...{ measuredBy: z.string(), measuredOn: z.string(), validFrom: z.string() },
  ...{ validUntil: z.string().nullable(), remeasureOn: z.string() },
  /** Items count by it that were counted before it was measured. */
  backdated: z.boolean(),
})
export const Explanation = z.object({
  measure: Measure,
  hospital: z.string(),
  deployment: z.string().nullable(),
  period: PeriodAsked.extend({ until: z.string() }),
  value: z.number(),
  unit: Unit,
  steps: z.array(Step).readonly(),
  /** Of FTE: at the hospital's own norm and at 1,878 hours; none of other figures. */
  norms: z
    .array(
      z.object({
        kind: z.enum(['own', 'contract']),
        norm: Norm,
        source: z.object({ nl: z.string(), en: z.string() }).nullable(),
        value: z.number(),
        interval: Range.nullable(),
        noInterval: NotTold.nullable(),
        step: Step,
      }),
    )
    .readonly(),
  interval: Range.nullable(),
  /** `exact`: no baseline goes into the figure. */
  noInterval: z.enum([...NotTold.options, 'exact']).nullable(),
  baselines: z.array(ToldBaseline).readonly(),
  counts: z
    .array(
      z.object({
        ...{ deployment: z.string(), day: z.string(), variant: z.string(), outcome: z.string() },
        ...{ kind: Kind, items: z.number(), shares: z.string() },
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
