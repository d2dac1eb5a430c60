import { Button, Group, Skeleton, Stack, Stepper } from '@mantine/core'
import { useMediaQuery } from '@mantine/hooks'
import { lazy, Suspense, useState, type ComponentType } from 'react'
import { Problem } from '../shared/asked.tsx'
import { Card } from '../shared/card.tsx'
import { useTexts } from '../shared/use-texts.ts'
import type { StepProps } from './editing.ts'
import { SystemsStep } from './systems-step.tsx'
import { useDraft } from './use-draft.ts'

const STEPS = ['systems', 'settings', 'triggers', 'measuring', 'trial', 'live'] as const
type Step = (typeof STEPS)[number]

/** The first step comes with the page, each other when somebody goes there. */
const PARTS: Readonly<Record<Step, ComponentType<StepProps>>> = {
  systems: SystemsStep,
  settings: lazy(async () => ({ default: (await import('./settings-step.tsx')).SettingsStep })),
  triggers: lazy(async () => ({ default: (await import('./triggers-step.tsx')).TriggersStep })),
  measuring: lazy(async () => ({ default: (await import('./measuring-step.tsx')).MeasuringStep })),
  trial: lazy(async () => ({ default: (await import('./trial-step.tsx')).TrialStep })),
  live: lazy(async () => ({ default: (await import('./live-step.tsx')).LiveStep })),
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
        <Suspense fallback={<Skeleton height={240} radius="md" />}>
          <Part {...props} hand={hand} />
        </Suspense>
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
