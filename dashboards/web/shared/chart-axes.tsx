import { BOTTOM, END, LETTER, TOP, type Places } from './chart-places.ts'
import { labelEvery } from './chart-scale.ts'
import type { Drawn } from './chart.tsx'

/** Between two labels. */
const APART = 12

interface ChartAxesProps extends Drawn {
  readonly places: Places
  /** The point that is pointed at. */
  readonly at: number | undefined
}

/** The lines of a chart with their figures, and the labels beneath. */
export function ChartAxes({ places, points, format, height, at }: ChartAxesProps) {
  const { x, y, lines, left, right, room } = places
  const longest = Math.max(0, ...points.map(({ label }) => label.length)) * LETTER
  const every = labelEvery(room, longest + APART)
  // Counted from the last, for that is the newest; one that would be cut off there is moved inwards.
  const labelled = points.map((point, index) => ({ ...point, index })).toReversed()
  const most = right + END - longest / 2
  return (
    <g className="chart-axes">
      {lines.map((line) => (
        <g key={line}>
          <line x1={left} x2={right} y1={y(line)} y2={y(line)} data-zero={line === 0} />
          <text x={left - 8} y={y(line)} dy="0.32em" textAnchor="end">
            {format(line)}
          </text>
        </g>
      ))}
      {labelled
        .filter((_, back) => back % every === 0)
        .map(({ label, index }) => (
          <text key={label} x={Math.min(x(index), most)} y={height - 6} textAnchor="middle">
            {label}
          </text>
        ))}
      {at !== undefined && <line x1={x(at)} x2={x(at)} y1={TOP} y2={height - BOTTOM} data-at />}
    </g>
  )
}
