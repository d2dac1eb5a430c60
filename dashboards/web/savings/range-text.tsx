import { Text } from '@mantine/core'
import type { z } from 'zod'
import type { Explanation } from '../../server/savings/explain-schemas.ts'
import { useNumbers } from '../shared/use-numbers.ts'
import { useTexts } from '../shared/use-texts.ts'

/** The 95 % interval of an explained figure, or why there is none. */
export function RangeText({
  interval,
  noInterval,
}: Pick<z.output<typeof Explanation>, 'interval' | 'noInterval'>) {
  const t = useTexts()
  const { number } = useNumbers()
  if (interval)
    return (
      <Text size="sm">
        {t('savings.interval', { low: number(interval.low, 2), high: number(interval.high, 2) })}
      </Text>
    )
  return noInterval && <Text size="sm">{t(`savings.nointerval.${noInterval}`)}</Text>
}
