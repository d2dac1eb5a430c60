import { fillingOf, Mark, strokeOf } from './chart-mark.tsx'
import type { Places } from './chart-places.ts'
import type { Drawn, Series } from './chart.tsx'

type WithFillings = Drawn & { readonly of: string }

/** What each line or filling stands for; of one series the caption tells. */
export function ChartLegend({ kind, series, of }: WithFillings) {
  if (series.length < 2) return null
  return (
    <ul className="chart-legend">
      {series.map((each, index) => (
        <li key={each.key}>
          <Sign kind={kind} series={each} index={index} of={of} />
          {each.title}
        </li>
      ))}
    </ul>
  )
}

/** The figures of the point that is pointed at, on the side where there is room. */
export function ChartFigures({
  kind,
  series,
  points,
  format,
  of,
  at,
  places,
}: WithFillings & { readonly at: number; readonly places: Places }) {
  const point = points[at]
  if (!point) return null
  const x = places.x(at)
  const beside =
    x > (places.left + places.right) / 2 ? { right: `calc(100% - ${x - 12}px)` } : { left: x + 12 }
  return (
    <div className="chart-figures" style={beside}>
      <b>{point.label}</b>
      {series.map((each, index) => (
        <div key={each.key}>
          <Sign kind={kind} series={each} index={index} of={of} />
          <span>{each.title}</span>
          <span className="tabular">{format(point.values[each.key] ?? 0)}</span>
        </div>
      ))}
    </div>
  )
}

interface SignProps extends Pick<WithFillings, 'kind' | 'of'> {
  readonly series: Series
  readonly index: number
}

function Sign({ kind, series, index, of }: SignProps) {
  return (
    <svg width={24} height={12} aria-hidden>
      {kind === 'line' ? (
        <>
          <line x1={0} x2={24} y1={6} y2={6} {...strokeOf(series, index)} />
          <Mark series={series} index={index} x={12} y={6} />
        </>
      ) : (
        <rect x={6} width={12} height={12} fill={fillingOf(series, index, of)} />
      )}
    </svg>
  )
}
