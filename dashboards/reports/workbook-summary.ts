import type { Row } from 'write-excel-file/node'
import { columnLetters } from './column-letters.ts'
import { normSource } from './norm-words.ts'
import { notInHoursOf } from './not-in-hours.ts'
import { overSignedSentences } from './over-signed.ts'
import { withdrawnSentences } from './withdrawn-imports.ts'
import { reasonOf } from './no-interval.ts'
import type { ReportContent } from './report-content.ts'
import { wordsOf, type ReportLanguage, type WordKey } from './report-words.ts'

export const SUMMARY_HEADS = [
  'hospital',
  'netHours',
  'low',
  'high',
  'fte',
  'contractFte',
  'norm',
  'normHours',
  'grossHours',
  'humanHours',
  'upkeepHours',
  'hoursPerYear',
  'grade',
  'noInterval',
  'oneOffHours',
  'leftOut',
  'realisedHours',
  'fteLow',
  'fteHigh',
  'contractFteLow',
  'contractFteHigh',
  'brief',
  'withoutBaseline',
  'oneOffItems',
  'overSigned',
  'realisedAcrossHours',
  'withdrawnImports',
] as const satisfies readonly WordKey[]

/** The letter of a column of the summary, for formulas. */
export const summaryColumn = (head: (typeof SUMMARY_HEADS)[number]): string =>
  columnLetters(SUMMARY_HEADS.indexOf(head))

/** A row for each hospital and one for all of them, with the 95 % intervals of net hours and FTE. */
export function summaryRows(content: ReportContent, language: ReportLanguage): Row[] {
  const { savings, total, told } = content
  const word = wordsOf(language)
  const over = Map.groupBy(overSignedSentences(content, language), ({ hospital }) => hospital)
  const withdrawn = Map.groupBy(withdrawnSentences(content, language), ({ hospital }) => hospital)
  const lines = savings.hospitals.map((hospital): Line => {
    const { norm, grossHours, humanHours, upkeepHours, hoursPerYear } = hospital
    const beside = notInHoursOf(hospital, told)
    return {
      ...{ hospital: hospital.name, norm: normSource(norm, language), normHours: norm.hoursPerYear },
      ...{ grossHours, humanHours, upkeepHours, hoursPerYear, grade: hospital.grade },
      ...figureCells(hospital, word),
      ...{ ...beside, leftOut: beside.leftOut ?? word('withheld') },
      withoutBaseline: beside.withoutBaseline ?? word('withheld'),
      oneOffItems: beside.oneOffItems ?? word('withheld'),
      overSigned: joined(over.get(hospital.id)),
      withdrawnImports: joined(withdrawn.get(hospital.id)),
    }
  })
  const sums = SUMMED.map(
    (head) =>
      [
        head,
        sumOf(
          lines.map((line) => line[head]),
          word,
        ),
      ] as const,
  )
  const whole: Line = {
    ...{ hospital: word('allHospitals'), ...Object.fromEntries(sums) },
    ...figureCells(total, word),
  }
  return [...lines, whole].map((line) => SUMMARY_HEADS.map((head) => line[head] ?? null))
}

const joined = (told: readonly { readonly sentence: string }[] | undefined): string | undefined =>
  told?.map(({ sentence }) => sentence).join('; ')

type Line = Readonly<Partial<Record<(typeof SUMMARY_HEADS)[number], string | number | null | undefined>>>

/** What the row of all hospitals adds up; its other figures are those of the report's total. */
const SUMMED = [
  ...(['grossHours', 'humanHours', 'upkeepHours', 'hoursPerYear', 'oneOffHours', 'leftOut'] as const),
  ...(['realisedHours', 'realisedAcrossHours', 'withoutBaseline', 'oneOffItems'] as const),
]

/** A sum with a part that is not told is not told either. */
function sumOf(parts: readonly Line[keyof Line][], word: ReturnType<typeof wordsOf>): string | number {
  const told = parts.filter((part) => typeof part === 'number')
  return told.length < parts.length ? word('withheld') : told.reduce((sum, part) => sum + part, 0)
}

/** Net hours and FTE with their intervals, or why they have none. */
function figureCells(
  { netHours, fte, contractFte, brief, interval, noInterval }: ReportContent['total'],
  word: ReturnType<typeof wordsOf>,
): Line {
  return {
    ...{ netHours, low: interval?.netHours.low, high: interval?.netHours.high, fte, contractFte },
    ...{ fteLow: interval?.fte.low, fteHigh: interval?.fte.high, brief },
    ...{ contractFteLow: interval?.contractFte.low, contractFteHigh: interval?.contractFte.high },
    noInterval: noInterval && word(reasonOf(noInterval)),
  }
}
