import { Button, Group, Stack, Text, Title } from '@mantine/core'
import { useState } from 'react'
import { useTexts } from '../shared/use-texts.ts'
import { AddBaseline } from './add-baseline.tsx'
import type { Baseline } from './answers.ts'
import { BaselineTable } from './baseline-table.tsx'
import type { StepProps } from './editing.ts'
import { ProblemList } from './problem-list.tsx'

/** How long each variant takes by hand. One that is in use stays as it is; a newer one follows it. */
export function BaselineList({ bot, hand }: Pick<StepProps, 'bot' | 'hand'>) {
  const t = useTexts()
  const [adding, setAdding] = useState(false)
  const { baselines } = hand.plan
  const remove = (gone: Baseline) => hand.change({ baselines: baselines.filter((one) => one !== gone) })
  const add = (baseline: Baseline) => hand.change({ baselines: [...baselines, baseline] })
  return (
    <Stack gap="sm">
      <Group justify="space-between">
        <Title order={3}>{t('administer.plan.baselines')}</Title>
        <Button variant="default" onClick={() => setAdding(true)}>
          {t('administer.baseline.add')}
        </Button>
      </Group>
      <Text size="sm" c="dimmed">
        {t('administer.baseline.stays')}
      </Text>
      <BaselineTable bot={bot} rows={baselines} onRemove={remove} />
      <ProblemList hand={hand} at="baselines" />
      {adding && <AddBaseline bot={bot} onAdd={add} onClose={() => setAdding(false)} />}
    </Stack>
  )
}
