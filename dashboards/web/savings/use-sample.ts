import { useNumbers } from '../shared/use-numbers.ts'
import { useTexts } from '../shared/use-texts.ts'

interface Sampled {
  readonly n: number | null
  readonly spreadMinutes: string | null
}

/** How many cases were timed and how much they differ, in words. */
export function useSample(): (baseline: Sampled) => string {
  const t = useTexts()
  const { number } = useNumbers()
  return ({ n, spreadMinutes }) =>
    n === null
      ? t('savings.none')
      : t('savings.baselines.sampled', {
          n,
          spread: spreadMinutes === null ? t('savings.none') : number(Number(spreadMinutes), 3),
        })
}
