import { useId, useLayoutEffect, useRef, useState, type RefObject } from 'react'
import { ChartAxes } from './chart-axes.tsx'
import { ChartFigures, ChartLegend } from './chart-legend.tsx'
import { fillingOf, Mark, strokeOf, Stripes } from './chart-mark.tsx'
import { placesOf, sumOf, type Places } from './chart-places.ts'
import type { Drawn } from './chart.tsx'

const MOST_BAR = 36
/** What a bar fills of its room. */
const FILLED = 0.7

/** The drawing of a chart, as wide as there is room, with what its strokes and fillings mean. */
export function ChartDrawing(props: Drawn) {
  const { kind, points, height } = props
  const [box, width] = useWidth()
  const [shown, setShown] = useState<number>()
  const of = useId()
  const places = placesOf(props, width)
  const Shapes = kind === 'line' ? Lines : Layers
  return (
    <div ref={box} className="chart">
      <svg width={width} height={height} onPointerLeave={() => setShown(undefined)}>
        <Stripes series={props.series} of={of} />
        <ChartAxes {...props} places={places} at={shown} />
        <Shapes {...props} places={places} of={of} />
        {points.map(({ label }, index) => (
          <rect
            key={label}
            {...{ x: places.left + index * places.room, width: places.room, height, fill: 'transparent' }}
            onPointerEnter={() => setShown(index)}
            onPointerDown={() => setShown(index)}
          />
        ))}
      </svg>
      {shown !== undefined && <ChartFigures {...props} at={shown} places={places} of={of} />}
      <ChartLegend {...props} of={of} />
    </div>
  )
}

/** How wide a thing is, also when the window changes; nothing before it is there. */
function useWidth(): [RefObject<HTMLDivElement | null>, number] {
  const box = useRef<HTMLDivElement>(null)
  const [width, setWidth] = useState(0)
  useLayoutEffect(() => {
    const { current } = box
    if (!current) return undefined
    setWidth(current.clientWidth)
    const watch = new ResizeObserver(() => setWidth(current.clientWidth))
    watch.observe(current)
    return () => watch.disconnect()
  }, [])
  return [box, width]
}

type ShapesProps = Drawn & { readonly places: Places; readonly of: string }

function Lines({ series, points, places: { x, y } }: ShapesProps) {
  return series.map((each, index) => {
    const at = points.map(({ values }, place) => ({ x: x(place), y: y(values[each.key] ?? 0) }))
    const path = at.map((point) => `${point.x},${point.y}`).join(' ')
    return (
      <g key={each.key}>
        <polyline points={path} fill="none" {...strokeOf(each, index)} />
        {at.map((point) => (
          <Mark key={point.x} series={each} index={index} {...point} />
        ))}
      </g>
    )
  })
}

function Layers({ series, points, places: { x, y, room }, of }: ShapesProps) {
  const width = Math.min(MOST_BAR, room * FILLED)
  return points.map((point, place) => (
    <g key={point.label}>
      {series.map((each, index) => {
        const beneath = sumOf(point, series.slice(0, index))
        const top = sumOf(point, series.slice(0, index + 1))
        const shape = { x: x(place) - width / 2, y: y(top), width, height: y(beneath) - y(top) }
        return <rect key={each.key} {...shape} fill={fillingOf(each, index, of)} />
      })}
    </g>
  ))
}
