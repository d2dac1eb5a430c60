import { Group } from '@mantine/core'
import { ModeBadge, StateBadge } from '../shared/state-badge.tsx'
import { useTexts } from '../shared/use-texts.ts'

interface Standing {
  readonly mode: 'off' | 'shadow' | 'live'
  readonly stoppedAt: string | null
}

/** Its mode, and that it was stopped. */
export function DeploymentState({ deployment: { mode, stoppedAt } }: { readonly deployment: Standing }) {
  const t = useTexts()
  return (
    <Group gap={4}>
      <ModeBadge mode={mode} />
      {stoppedAt !== null && <StateBadge tone="bad" text={t('administer.deployments.stopped')} />}
    </Group>
  )
}
