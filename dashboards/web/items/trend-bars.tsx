import { localDay } from './local-day.ts'
import { useLanguage, useTexts } from '../shared/use-texts.ts'

interface TrendBarsProps {
  readonly days: readonly { readonly day: string; readonly done: number; readonly parked: number }[]
}

const WIDTH = 84
const HEIGHT = 24
const GAP = 2

/** Fourteen small bars of what was done, parked on top; the figures are its name for who does not see it. */
export function TrendBars({ days }: TrendBarsProps) {
  const t = useTexts()
  const language = useLanguage()
  const most = Math.max(1, ...days.map(({ done, parked }) => done + parked))
  const width = WIDTH / Math.max(1, days.length)
  const figures = days.map(({ day, done }) => `${localDay(day, language)} ${done}`).join(', ')
  return (
    <svg
      width={WIDTH}
      height={HEIGHT}
      role="img"
      aria-label={t('items.today.trend.label', { days: figures })}
    >
      {days.map(({ day, done, parked }, index) => {
        const high = ((done + parked) / most) * HEIGHT
        const top = (parked / most) * HEIGHT
        const place = { x: index * width, width: width - GAP }
        return (
          <g key={day}>
            <rect {...place} y={HEIGHT - 1} height={1} fill="var(--ontregel-line)" />
            <rect {...place} y={HEIGHT - high} height={top} fill="var(--mantine-color-yellow-6)" />
            <rect
              {...place}
              y={HEIGHT - high + top}
              height={high - top}
              fill="var(--mantine-color-petrol-6)"
            />
          </g>
        )
      })}
    </svg>
  )
}
