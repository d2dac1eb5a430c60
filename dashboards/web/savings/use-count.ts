import { useNumbers } from '../shared/use-numbers.ts'
import { useTexts } from '../shared/use-texts.ts'

/** A count as it is shown; null is one that is too small to be shown. */
export function useCount(): (count: number | null) => string {
  const t = useTexts()
  const { number } = useNumbers()
  return (count) => (count === null ? t('savings.withheld') : number(count))
}
