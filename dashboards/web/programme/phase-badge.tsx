import type { PhaseName } from '../../server/programme/adoption-schemas.ts'
import { StateBadge, type StateTone } from '../shared/state-badge.tsx'
import { useTexts } from '../shared/use-texts.ts'

const TONES: Readonly<Record<PhaseName, StateTone>> = {
  idea: 'quiet',
  concept: 'quiet',
  test: 'busy',
  live: 'good',
  'scaled-up': 'good',
}

/** How far a robot is at a hospital, in a word. */
export function PhaseBadge({ phase }: { readonly phase: PhaseName }) {
  const t = useTexts()
  return <StateBadge tone={TONES[phase]} text={t(`programme.phase.${phase}`)} />
}
