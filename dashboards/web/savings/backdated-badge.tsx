import { StateBadge } from '../shared/state-badge.tsx'
import { useTexts } from '../shared/use-texts.ts'

interface BackdatedBadgeProps {
  readonly baseline: { readonly backdated: boolean }
}

/** Says of a baseline that items count by it that were counted before it was measured; nothing of others. */
export function BackdatedBadge({ baseline: { backdated } }: BackdatedBadgeProps) {
  const t = useTexts()
  return backdated && <StateBadge tone="attention" text={t('savings.baselines.backdated')} />
}
