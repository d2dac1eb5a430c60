import { Button, Group, Stack, Stepper } from '@mantine/core'
import { useMediaQuery } from '@mantine/hooks'
import { useState, type ReactNode } from 'react'
import { Problem } from '../shared/asked.tsx'
import { Card } from '../shared/card.tsx'
import { useTexts } from '../shared/use-texts.ts'
import type { StepProps } from './editing.ts'
import { LiveStep } from './live-step.tsx'
import { MeasuringStep } from './measuring-step.tsx'
import { SettingsStep } from './settings-step.tsx'
import { SystemsStep } from './systems-step.tsx'
import { TrialStep } from './trial-step.tsx'
import { TriggersStep } from './triggers-step.tsx'
import { useDraft } from './use-draft.ts'

const STEPS = ['systems', 'settings', 'triggers', 'measuring', 'trial', 'live'] as const
type Step = (typeof STEPS)[number]

const PARTS: Readonly<Record<Step, (props: StepProps) => ReactNode>> = {
  systems: SystemsStep,
  settings: SettingsStep,
  triggers: TriggersStep,
  measuring: MeasuringStep,
  trial: TrialStep,
  live: LiveStep,
}

const NARROW = '(max-width: 47.99em)'

/** The steps of putting a robot to work. Going to another step keeps what was filled in. */
export function DraftSteps(props: Omit<StepProps, 'hand'>) {
  const t = useTexts()
  const hand = useDraft(props.draft, props)
  const [at, setAt] = useState(0)
  const step = STEPS[at] ?? 'systems'
  const Part = PARTS[step]
  const go = (to: number) => hand.save(() => setAt(to))
  return (
    <Stack gap="lg">
      <Steps at={at} onGo={go} />
      <Card title={t(`administer.step.${step}`)}>
        <Part {...props} hand={hand} />
        {hand.error && <Problem error={hand.error} />}
        <Group justify="space-between">
          <Button variant="default" disabled={at === 0} onClick={() => go(at - 1)}>
            {t('administer.work.back')}
          </Button>
          {at < STEPS.length - 1 && (
            <Button loading={hand.saving} onClick={() => go(at + 1)}>
              {t('administer.work.next')}
            </Button>
          )}
        </Group>
      </Card>
    </Stack>
  )
}

/** Six names beside each other do not fit on a narrow screen: there the heading below says which step this is. */
const NARROW_STEPS = {
  size: 'xs',
  classNames: { stepLabel: 'visually-hidden', stepBody: 'visually-hidden' },
  styles: { separator: { marginInline: 2 } },
} as const

function Steps({ at, onGo }: { readonly at: number; readonly onGo: (to: number) => void }) {
  const t = useTexts()
  const narrow = useMediaQuery(NARROW, false, { getInitialValueInEffect: false })
  const shape = narrow ? NARROW_STEPS : { size: 'sm' as const }
  return (
    <Stepper active={at} onStepClick={onGo} wrap={false} aria-label={t('administer.work.steps')} {...shape}>
      {STEPS.map((name) => (
        <Stepper.Step key={name} label={t(`administer.step.${name}`)} />
      ))}
    </Stepper>
  )
}
