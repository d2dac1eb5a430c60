import { chartLines } from './chart-scale.ts'
import type { Drawn, Point, Series } from './chart.tsx'

/** What lies around the drawing: room for half a figure above, for the labels beneath, for half a label at the end. */
export const TOP = 10
export const BOTTOM = 26
export const END = 14
/** How wide a letter of the axis is, about. */
export const LETTER = 6.5

/** Where things stand in a drawing, in pixels from its left and its top. */
export interface Places {
  /** The middle of the room of a point. */
  readonly x: (index: number) => number
  /** How wide that room is. */
  readonly room: number
  readonly y: (value: number) => number
  /** Values that have a line of their own. */
  readonly lines: readonly number[]
  readonly left: number
  readonly right: number
}

/** @param width of the whole drawing */
export function placesOf({ kind, series, points, format, height }: Drawn, width: number): Places {
  const apart = points.flatMap(({ values }) => series.map(({ key }) => values[key] ?? 0))
  const lines = chartLines(kind === 'line' ? apart : points.map((point) => sumOf(point, series)), format)
  const [least = 0, most = 1] = [lines[0], lines.at(-1)]
  const left = Math.max(...lines.map((line) => format(line).length)) * LETTER + 12
  const right = Math.max(left + 1, width - END)
  const room = (right - left) / Math.max(1, points.length)
  return {
    ...{ lines, left, right, room },
    x: (index) => left + (index + 0.5) * room,
    y: (value) => TOP + ((most - value) / (most - least)) * (height - TOP - BOTTOM),
  }
}

/** What these series come to together at a point. */
export const sumOf = ({ values }: Point, series: readonly Series[]): number =>
  series.reduce((total, { key }) => total + (values[key] ?? 0), 0)
