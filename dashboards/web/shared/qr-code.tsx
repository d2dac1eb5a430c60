import { useMemo } from 'react'
import { qrModules } from './qr-modules.ts'

/** Light edge around it, in squares: less and cameras do not find it. */
const EDGE = 4

interface QrCodeProps {
  readonly text: string
  /** What it is for; the same must stand beside it as text. */
  readonly label: string
}

/** A QR code of a text, drawn here: what is in it goes to nobody. Black on white in either colour scheme, for cameras. */
export function QrCode({ text, label }: QrCodeProps) {
  const modules = useMemo(() => qrModules(text), [text])
  const size = modules.length + 2 * EDGE
  const squares = modules.flatMap((row, down) =>
    row.flatMap((dark, right) => (dark ? [`M${right + EDGE} ${down + EDGE}h1v1h-1z`] : [])),
  )
  return (
    <svg
      className="qr-code"
      role="img"
      aria-label={label}
      viewBox={`0 0 ${size} ${size}`}
      shapeRendering="crispEdges"
    >
      <rect width={size} height={size} fill="#fff" />
      <path d={squares.join('')} fill="#000" />
    </svg>
  )
}
