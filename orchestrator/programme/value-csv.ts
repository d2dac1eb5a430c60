import { csvLines, type CsvCell } from '../savings/csv-lines.ts'
import type { RobotFigures, ValueCase } from './value-case.ts'

interface Line extends RobotFigures {
  readonly year: number
  /** `robot`, `shared` for costs that are not of one robot, or `total`: not to be added to the others. */
  readonly line: 'robot' | 'shared' | 'total'
  readonly bot: string
  /** Of a total only. */
  readonly cumulative: CsvCell
}

const decimal = (euros: string | null): CsvCell => (euros === null ? null : { decimal: euros })

/** The columns, left to right. */
const COLUMNS: Readonly<Record<string, (line: Line) => CsvCell>> = {
  year: ({ year }) => year,
  line: ({ line }) => line,
  bot: ({ bot }) => bot,
  licences: ({ costs }) => decimal(costs.licences),
  hours: ({ costs }) => decimal(costs.hours),
  hosting: ({ costs }) => decimal(costs.hosting),
  other: ({ costs }) => decimal(costs.other),
  costs: ({ costTotal }) => decimal(costTotal),
  netHours: ({ netHours }) => netHours,
  hoursWithoutRate: ({ hoursWithoutRate }) => hoursWithoutRate,
  benefit: ({ benefit }) => decimal(benefit),
  result: ({ result }) => decimal(result),
  cumulative: ({ cumulative }) => cumulative,
}

/** A line for each robot and year, one for what is not of one robot, and their total. Euros; nothing is rounded. */
export function valueCsv({ years, robots }: ValueCase): string {
  const lines = years.flatMap((year, place): Line[] => [
    ...robots.flatMap(({ bot, years: own }) => {
      const figures = own[place]
      const line = bot === null ? ('shared' as const) : ('robot' as const)
      return figures ? [{ ...figures, line, bot: bot ?? '', cumulative: '' }] : []
    }),
    { ...year, line: 'total', bot: '', cumulative: decimal(year.cumulative) },
  ])
  return csvLines(
    Object.keys(COLUMNS),
    lines.map((line) => Object.values(COLUMNS).map((cell) => cell(line))),
  )
}
