import { Text } from '@mantine/core'
import { useLanguage } from './use-texts.ts'

const ZONE = 'Europe/Amsterdam'
const SHAPES = {
  /** 21 nov. 14:05 */
  moment: { day: 'numeric', month: 'short', hour: '2-digit', minute: '2-digit' },
  /** 14:05:09 */
  clock: { hour: '2-digit', minute: '2-digit', second: '2-digit' },
  /** 21 november 2026 */
  day: { day: 'numeric', month: 'long', year: 'numeric' },
  /** za 21 nov. 2026 14:05 */
  full: {
    weekday: 'short',
    day: 'numeric',
    month: 'short',
    year: 'numeric',
    hour: '2-digit',
    minute: '2-digit',
  },
} as const satisfies Record<string, Intl.DateTimeFormatOptions>

type TimeShape = keyof typeof SHAPES

interface LocalTimeProps {
  /** An ISO moment, as the API gives it. */
  readonly at: string
  readonly shape?: TimeShape
}

/** A moment in the time of the Netherlands, wherever the reader's machine thinks it is; the whole date on hovering. */
export function LocalTime({ at, shape = 'moment' }: LocalTimeProps) {
  const language = useLanguage()
  return (
    <Text component="time" inherit dateTime={at} title={localTime(at, language, 'full')} className="tabular">
      {localTime(at, language, shape)}
    </Text>
  )
}

/** The same as text, for where no element can stand. */
export function localTime(at: string, language: 'nl' | 'en', shape: TimeShape = 'moment'): string {
  const locale = language === 'nl' ? 'nl-NL' : 'en-GB'
  return new Intl.DateTimeFormat(locale, { ...SHAPES[shape], timeZone: ZONE, hour12: false }).format(
    new Date(at),
  )
}
