import { StateBadge, type StateTone } from '../shared/state-badge.tsx'
import { useTexts } from '../shared/use-texts.ts'
import type { TextKey } from '../texts.ts'
import type { System } from './answers.ts'

/** So long before the day credentials are called for. */
const SOON_DAYS = 30
const DAY_MS = 86_400_000

interface CredentialStateProps {
  readonly system: System
  /** The local date. */
  readonly today: string
}

/** Whether what a robot signs in with was entered, and must be renewed. */
export function CredentialState({ system, today }: CredentialStateProps) {
  const t = useTexts()
  const [tone, key] = stateOf(system, today)
  return <StateBadge tone={tone} text={t(key)} />
}

function stateOf({ credentials }: System, today: string): readonly [StateTone, TextKey] {
  if (credentials.length === 0) return ['quiet', 'administer.credentials.unneeded']
  if (credentials.some(({ entered }) => !entered)) return ['attention', 'administer.credentials.missing']
  const renew = credentials.flatMap(({ renewOn }) => renewOn ?? []).toSorted()[0]
  if (renew === undefined) return ['good', 'administer.credentials.entered']
  if (renew <= today) return ['bad', 'administer.credentials.late']
  const days = (Date.parse(renew) - Date.parse(today)) / DAY_MS
  return days <= SOON_DAYS
    ? ['attention', 'administer.credentials.soon']
    : ['good', 'administer.credentials.entered']
}
