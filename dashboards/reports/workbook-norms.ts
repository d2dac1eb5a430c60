import type { Row } from 'write-excel-file/node'
import {
  marginPerYear,
  normFigures,
  type NormFigure,
  type NotTold,
} from '../../orchestrator/savings/explain-norms.ts'
import { toldAt } from '../../orchestrator/savings/withhold.ts'
import { columnLetters } from './column-letters.ts'
import { normSource } from './norm-words.ts'
import type { ReportContent } from './report-content.ts'
import { wordsOf, type ReportLanguage, type WordKey } from './report-words.ts'

export const NORM_HEADS = [
  'of',
  'norm',
  'normSource',
  'validFrom',
  'hoursPerYear',
  'normHours',
  'fteFigure',
  'low',
  'high',
  'noInterval',
] as const satisfies readonly WordKey[]

/** The letter of a column of the norms' sheet, for formulas. */
const normColumn = (head: (typeof NORM_HEADS)[number]): string => columnLetters(NORM_HEADS.indexOf(head))

/** Two rows for each hospital and each deployment whose hours are told: FTE at the hospital's norm, and at 1,878 hours. */
export function normRows(content: ReportContent, language: ReportLanguage): Row[] {
  const word = wordsOf(language)
  return normLines(content).map(({ of, figure }, place): Row => {
    const { kind, norm, step, interval, noInterval } = figure
    const since = norm.validFrom ?? word(kind === 'contract' ? 'normAlways' : 'normDefault')
    const [hours, whole] = (['hoursPerYear', 'normHours'] as const).map(
      (head) => `${normColumn(head)}${place + 2}`,
    )
    return [
      ...[of, word(kind === 'own' ? 'normOwn' : 'normContract'), normSource(norm, language), since],
      ...step.products
        .flatMap(({ factors, divisors }) => [...factors, ...divisors])
        .map(({ value }) => value),
      { type: 'Formula', value: `=${hours}/${whole}` },
      ...[interval?.low ?? null, interval?.high ?? null, noInterval && word(whyNot(noInterval))],
    ]
  })
}

/** What stands in the sheet: the figures of each hospital, then those of its deployments. */
function normLines({ savings, told }: ReportContent): { readonly of: string; readonly figure: NormFigure }[] {
  const { period } = savings
  return savings.hospitals.flatMap(({ name, norm, hoursPerYear, deployments }) => {
    const own = normFigures({ hoursPerYear, margin: marginPerYear(deployments, period) }, norm)
    const apart = deployments.filter((row) => toldAt(told, row).hours)
    return [
      ...own.map((figure) => ({ of: name, figure })),
      ...apart.flatMap((row) => {
        const margin = toldAt(told, row).variants ? marginPerYear([row], period) : 'withheld'
        const figures = normFigures({ hoursPerYear: row.hoursPerYear, margin, deployment: row.id }, norm)
        return figures.map((figure) => ({ of: row.id, figure }))
      }),
    ]
  })
}

const whyNot = (reason: NotTold): WordKey => (reason === 'withheld' ? 'withheld' : `noInterval.${reason}`)
