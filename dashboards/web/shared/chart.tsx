import { Stack } from '@mantine/core'
import type { ReactNode } from 'react'
import { ChartDrawing } from './chart-drawing.tsx'
import { DataTable, type Column } from './data-table.tsx'
import { Reveal } from './reveal.tsx'
import { useTexts } from './use-texts.ts'

/** One line or layer of a chart. */
export interface Series {
  /** The name of its figure in the points. */
  readonly key: string
  readonly title: string
  /** A colour of the theme: `petrol.7`, `gray.5`. */
  readonly color: string
}

/** The figures at one place on the axis, by the key of their series. */
export interface Point {
  /** What stands on the axis: `12 nov`. */
  readonly label: string
  readonly values: Readonly<Record<string, number>>
}

export interface ChartProps {
  readonly kind: 'line' | 'stacked'
  /** What it shows, in a sentence: the name of the picture and the caption of the table. */
  readonly caption: string
  /** What stands on the axis: `Dag`. */
  readonly labelTitle: string
  readonly series: readonly Series[]
  readonly points: readonly Point[]
  /** How a figure is written; as it is otherwise. */
  readonly format?: (value: number) => string
  readonly height?: number
  /** A figure of the table as something else than text, such as a link. */
  readonly cell?: (point: Point, key: string, shown: string) => ReactNode
}

/** What is drawn of it. */
export type Drawn = Required<Pick<ChartProps, 'kind' | 'series' | 'points' | 'format' | 'height'>>

/** A chart with its figures as a table beneath: who cannot see it, or wants the exact figure, has the same. */
export function Chart(props: ChartProps) {
  const { kind, caption, labelTitle, series, points, format = String, height = 240, cell } = props
  const t = useTexts()
  const columns: Column<Point>[] = [
    { key: 'label', title: labelTitle, show: ({ label }) => label },
    ...series.map(({ key, title }) => ({
      key,
      title,
      align: 'end' as const,
      show: (point: Point) => {
        const shown = format(point.values[key] ?? 0)
        return cell ? cell(point, key, shown) : shown
      },
      sortBy: ({ values }: Point) => values[key] ?? 0,
    })),
  ]
  return (
    <Stack gap="sm">
      <div role="img" aria-label={caption}>
        <ChartDrawing {...{ kind, series, points, format, height }} />
      </div>
      <Reveal title={t('shared.chart.table')}>
        <DataTable caption={caption} columns={columns} rows={points} rowKey={({ label }) => label} />
      </Reveal>
    </Stack>
  )
}
