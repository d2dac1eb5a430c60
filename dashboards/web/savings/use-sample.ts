import { useNumbers } from '../shared/use-numbers.ts'
import { useTexts } from '../shared/use-texts.ts'

interface Sampled {
  readonly n: number | null
  readonly spreadMinutes: string | null
}

/** How many cases were timed and how much they differ, in words. */
export function useSample(): (baseline: Sampled) => string {
  const t = useTexts()
  const { exact } = useNumbers()
  return ({ n, spreadMinutes }) => {
    if (n === null) return t('savings.none')
    if (spreadMinutes === null) return t('savings.baselines.sampled.bare', { count: n })
    return t('savings.baselines.sampled', { count: n, spread: exact(Number(spreadMinutes)) })
  }
}
