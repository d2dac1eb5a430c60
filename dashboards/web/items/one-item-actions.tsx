import { Button } from '@mantine/core'
import { useTexts } from '../shared/use-texts.ts'
import type { Handling, Story } from './answers.ts'

const POSSIBLE: Partial<Record<Story['state'], readonly Handling[]>> = {
  queued: ['retry', 'park', 'cancel'],
  parked: ['retry', 'cancel'],
}

interface OneItemActionsProps {
  readonly state: Story['state']
  readonly choose: (handling: Handling) => void
}

/** What can be done to an item that waits; one that a worker has, or that may have been pressed, is left alone. */
export function OneItemActions({ state, choose }: OneItemActionsProps) {
  const t = useTexts()
  return (POSSIBLE[state] ?? []).map((handling) => (
    <Button key={handling} variant="default" onClick={() => choose(handling)}>
      {t(`items.bulk.${handling}`)}
    </Button>
  ))
}
