import { Button, Radio, Stack } from '@mantine/core'
import { useState } from 'react'
import { Baselines, MeasurementMade, Measurements } from '../../server/savings/measure-schemas.ts'
import { WordsField } from '../programme/entry-fields.tsx'
import { Asked, Problem } from '../shared/asked.tsx'
import { Card } from '../shared/card.tsx'
import { NumberField } from '../shared/number-field.tsx'
import { PageFrame } from '../shared/page-frame.tsx'
import { useAsk, useChange } from '../shared/use-ask.ts'
import { useHospital } from '../shared/use-path.ts'
import { useTexts } from '../shared/use-texts.ts'
import type { MeasuredDeployment } from './answers.ts'
import { EndedCase } from './case-clock.tsx'
import { firstOf, VariantFields } from './deployment-fields.tsx'
import { MeasurementCards } from './measurement-card.tsx'
import { useCaseTimer } from './use-case-timer.ts'
import { useVariantName } from './use-variant-name.ts'

/** How often is looked for what colleagues timed. */
const EVERY_MS = 15_000

/** A colleague times cases, by themselves or beside the robot in shadow mode; their mean becomes the baseline. */
export default function StopwatchPage() {
  const t = useTexts()
  const { api } = useHospital()
  const settings = useAsk(Baselines, `${api}/baselines`)
  const variantName = useVariantName(settings.data?.deployments ?? [])
  const measurements = useAsk(Measurements, `${api}/measurements`, { every: EVERY_MS })
  const timer = useCaseTimer()
  return (
    <PageFrame title={t('savings.stopwatch.title')} lead={t('savings.stopwatch.lead')}>
      <EndedCase timer={timer} />
      <Asked of={settings}>
        {({ deployments }) => (
          <>
            <BeginCard deployments={deployments.filter(({ variants }) => variants.length > 0)} />
            <Asked of={measurements}>
              {(all) => <MeasurementCards measurements={all} variantName={variantName} timer={timer} />}
            </Asked>
          </>
        )}
      </Asked>
    </PageFrame>
  )
}

/** Minutes; who begins a measurement knows better. */
const USUAL_MINUTES = 30

function BeginCard({ deployments }: { readonly deployments: readonly MeasuredDeployment[] }) {
  const t = useTexts()
  const { api } = useHospital()
  const [chosen, setChosen] = useState(firstOf(deployments))
  const [wanted, setWanted] = useState<Method>('stopwatch')
  const begin = useChange({ answer: MeasurementMade, touches: [`${api}/measurements`, `${api}/timing`] })
  // A robot of another make does nothing in shadow here.
  const reports = deployments.find(({ id }) => id === chosen.deployment)?.reports === true
  const method = reports ? 'stopwatch' : wanted
  const [how, setHow] = useState<How>({ instruction: '', askAboveMinutes: USUAL_MINUTES })
  return (
    <Card title={t('savings.stopwatch.begin')}>
      <Stack gap="sm" maw="26rem">
        <VariantFields deployments={deployments} {...chosen} onChange={setChosen} />
        {!reports && <MethodChoice value={method} onChange={setWanted} />}
        <HowToTime {...how} onChange={setHow} />
        {begin.error && <Problem error={begin.error} />}
        <Button
          loading={begin.isPending}
          disabled={chosen.variant === ''}
          onClick={() =>
            begin.mutate({
              path: `${api}/measurements`,
              body: { ...chosen, method, ...how },
            })
          }
        >
          {t('savings.stopwatch.begin')}
        </Button>
      </Stack>
    </Card>
  )
}

interface How {
  readonly instruction: string
  readonly askAboveMinutes: number | undefined
}

/** What who times the cases reads, and above which time they are asked whether it is right. */
function HowToTime({ onChange, ...how }: How & { readonly onChange: (how: How) => void }) {
  const t = useTexts()
  return (
    <>
      <WordsField
        label={t('savings.stopwatch.instruction')}
        description={t('savings.stopwatch.instruction.hint')}
        most={300}
        value={how.instruction}
        onChange={(instruction) => onChange({ ...how, instruction })}
      />
      <NumberField
        label={t('savings.stopwatch.askabove')}
        description={t('savings.stopwatch.askabove.hint')}
        min={1}
        max={1440}
        value={how.askAboveMinutes}
        onChange={(askAboveMinutes) => onChange({ ...how, askAboveMinutes })}
      />
    </>
  )
}

const METHODS = ['stopwatch', 'shadow'] as const
type Method = (typeof METHODS)[number]

interface MethodChoiceProps {
  readonly value: Method
  readonly onChange: (method: Method) => void
}

function MethodChoice({ value, onChange }: MethodChoiceProps) {
  const t = useTexts()
  return (
    <Radio.Group
      label={t('savings.baselines.method')}
      value={value}
      onChange={(chosen) => onChange(METHODS.find((method) => method === chosen) ?? value)}
    >
      <Stack gap="xs" mt="xs">
        {METHODS.map((method) => (
          <Radio
            key={method}
            value={method}
            label={t(`savings.stopwatch.method.${method}`)}
            description={t(`savings.stopwatch.method.${method}.hint`)}
          />
        ))}
      </Stack>
    </Radio.Group>
  )
}
