import { Stack, Text } from '@mantine/core'
import { StateBadge, type StateTone } from '../shared/state-badge.tsx'
import { useTexts } from '../shared/use-texts.ts'
import type { Worker } from './answers.ts'

type State = 'works' | 'draining' | 'drained' | 'stopping' | 'resuming' | 'lost'

const TONES: Readonly<Record<State, StateTone>> = {
  works: 'good',
  draining: 'busy',
  drained: 'quiet',
  stopping: 'busy',
  resuming: 'busy',
  lost: 'bad',
}

/** How a worker stands: what is wanted of it, and how far it is in doing so. */
export function WorkerState({ worker }: { readonly worker: Worker }) {
  const t = useTexts()
  const state = stateOf(worker)
  return (
    <Stack gap={0} align="start">
      <StateBadge tone={TONES[state]} text={t(`operate.worker.${state}`)} />
      {worker.wantedBy !== null && worker.wanted !== 'work' && (
        <Text size="sm" c="dimmed">
          {t('operate.worker.by', { account: worker.wantedBy })}
        </Text>
      )}
    </Stack>
  )
}

function stateOf({ lost, wanted, takes, hands }: Worker): State {
  if (lost) return 'lost'
  if (wanted === 'stop') return 'stopping'
  if (wanted === 'work') return takes ? 'works' : 'resuming'
  return takes || hands.length > 0 ? 'draining' : 'drained'
}
