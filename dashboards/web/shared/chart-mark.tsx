import type { Series } from './chart.tsx'

/** Lines differ by their strokes and marks too, layers by their stripes: colour never says it alone. */
const STROKES = ['none', '7 4', '2 4', '10 4 2 4']
const MARKS = [
  'M-4,0a4,4 0 1,0 8,0a4,4 0 1,0 -8,0Z',
  'M-3.5,-3.5H3.5V3.5H-3.5Z',
  'M0,-5L5,0L0,5L-5,0Z',
  'M0,-5L4.5,3.5H-4.5Z',
]
const TILTS = [45, 135, 90, 0]

const nth = <One,>(of: readonly One[], index: number): One | undefined => of[index % of.length]

/** On a dark ground a colour is so many shades lighter. */
const LIGHTER = 3

/** The colour of the theme that a series names. */
export function colourOf({ color }: Series): string {
  const [name = '', shade = ''] = color.split('.')
  const shown = (of: number) => `var(--mantine-color-${name}-${of})`
  return `light-dark(${shown(Number(shade))}, ${shown(Number(shade) - LIGHTER)})`
}

/** How the line of the so manieth series is drawn. */
export const strokeOf = (series: Series, index: number) => ({
  stroke: colourOf(series),
  strokeWidth: 2,
  strokeDasharray: nth(STROKES, index),
})

interface MarkProps {
  readonly series: Series
  readonly index: number
  readonly x: number
  readonly y: number
}

/** The mark of a series at one of its points. */
export function Mark({ series, index, x, y }: MarkProps) {
  return <path d={nth(MARKS, index)} transform={`translate(${x},${y})`} fill={colourOf(series)} />
}

/** The filling of a layer: the first is plain, the others are striped. `of` tells drawings on one page apart. */
export const fillingOf = (series: Series, index: number, of: string): string =>
  index === 0 ? colourOf(series) : `url(#${of}-${index})`

/** What `fillingOf` refers to. */
export function Stripes({ series, of }: { readonly series: readonly Series[]; readonly of: string }) {
  return (
    <defs>
      {series.slice(1).map((each, index) => (
        <pattern
          key={each.key}
          id={`${of}-${index + 1}`}
          width={6}
          height={6}
          patternUnits="userSpaceOnUse"
          patternTransform={`rotate(${nth(TILTS, index)})`}
        >
          <rect width={6} height={6} fill="var(--ontregel-card)" />
          <rect width={4} height={6} fill={colourOf(each)} />
        </pattern>
      ))}
    </defs>
  )
}
