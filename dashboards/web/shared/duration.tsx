import { Text } from '@mantine/core'
import { useTexts, type Texts } from './use-texts.ts'

const MINUTE = 60
const HOUR = 60 * MINUTE

/** How long something took: `850 ms`, `12 s`, `3 min 20 s`, `4 u 5 min`. */
export function Duration({ seconds }: { readonly seconds: number }) {
  const t = useTexts()
  return (
    <Text component="span" inherit className="tabular">
      {durationText(seconds, t)}
    </Text>
  )
}

/** The same as text. A second unit is left out when it is nothing. */
export function durationText(seconds: number, t: Texts): string {
  if (seconds < 1) return t('shared.duration.ms', { value: Math.round(seconds * 1000) })
  const whole = Math.round(seconds)
  if (whole < MINUTE) return t('shared.duration.s', { value: whole })
  if (whole < HOUR) return two(t, 'min', Math.floor(whole / MINUTE), 's', whole % MINUTE)
  return two(t, 'h', Math.floor(whole / HOUR), 'min', Math.floor((whole % HOUR) / MINUTE))
}

function two(t: Texts, big: 'min' | 'h', bigs: number, small: 's' | 'min', smalls: number): string {
  const first = t(`shared.duration.${big}`, { value: bigs })
  return smalls === 0 ? first : `${first} ${t(`shared.duration.${small}`, { value: smalls })}`
}
