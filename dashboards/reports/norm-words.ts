import type { Norm } from '../../orchestrator/savings/fte.ts'
import { commonNormOf } from '../../orchestrator/savings/norms.ts'
import type { FigureWriter } from './report-figures.ts'
import type { ReportContent } from './report-content.ts'
import type { ReportLanguage } from './report-words.ts'

const NAMES: Readonly<Record<ReportLanguage, Readonly<Record<string, string>>>> = {
  nl: {
    contract: 'contracttijd',
    payroll: 'salarisadministratie',
    subsidy: 'subsidienorm',
    planning: 'planning',
    government: 'overheidstarieven',
  },
  en: {
    contract: 'contract time',
    payroll: 'payroll',
    subsidy: 'subsidy norm',
    planning: 'planning',
    government: 'government tariffs',
  },
}

const OWN: Readonly<Record<ReportLanguage, string>> = {
  nl: 'norm van het ziekenhuis zelf',
  en: 'norm of the hospital’s own',
}

const EACH_ITS_OWN: Readonly<Record<ReportLanguage, string>> = {
  nl: 'elk ziekenhuis bij zijn eigen norm',
  en: 'each hospital at its own norm',
}

const A_YEAR: Readonly<Record<ReportLanguage, string>> = { nl: 'uur per jaar', en: 'hours a year' }

/** What a norm is called. */
export const normName = (norm: Norm, language: ReportLanguage): string =>
  (commonNormOf(norm) && NAMES[language][norm.name]) ?? norm.name

/** Where a norm comes from; of one that is not in common use, its name. */
export function normSource(norm: Norm, language: ReportLanguage): string {
  return commonNormOf(norm)?.source[language] ?? `${norm.name} (${OWN[language]})`
}

interface Saying {
  readonly language: ReportLanguage
  readonly figures: Pick<FigureWriter, 'norm'>
}

const hoursOf = ({ hoursPerYear }: Norm, { language, figures }: Saying) =>
  `${figures.norm(hoursPerYear)} ${A_YEAR[language]}`

/** The norm that the FTE of all hospitals together is at, in few words. */
export function normOfTotal({ savings }: ReportContent, saying: Saying): string {
  const [first, ...others] = [...byNorm(savings)]
  if (!first) return ''
  if (others.length > 0) return EACH_ITS_OWN[saying.language]
  return `${hoursOf(first.norm, saying)} (${normName(first.norm, saying.language)})`
}

/** Each norm of the report with its source, and whose it is when there are several. */
export function normSentences({ savings }: ReportContent, saying: Saying): string[] {
  const groups = byNorm(savings)
  return groups.map(({ norm, hospitals }) => {
    const said = `${hoursOf(norm, saying)}: ${normSource(norm, saying.language)}`
    return groups.length === 1 ? `${said}.` : `${said}. ${hospitals.join(', ')}.`
  })
}

function byNorm({ hospitals }: ReportContent['savings']) {
  const groups = Map.groupBy(hospitals, ({ norm }) => `${norm.hoursPerYear} ${norm.name}`)
  return [...groups.values()].flatMap((rows) =>
    rows.slice(0, 1).map(({ norm }) => ({ norm, hospitals: rows.map(({ name }) => name) })),
  )
}
