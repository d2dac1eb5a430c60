import { Button, Radio, Stack } from '@mantine/core'
import { useState } from 'react'
import { Baselines, MeasurementMade, Measurements } from '../../server/savings/measure-schemas.ts'
import { Asked, Problem } from '../shared/asked.tsx'
import { Card } from '../shared/card.tsx'
import { PageFrame } from '../shared/page-frame.tsx'
import { useAsk, useChange } from '../shared/use-ask.ts'
import { useHospital } from '../shared/use-path.ts'
import { useTexts } from '../shared/use-texts.ts'
import type { MeasuredDeployment } from './answers.ts'
import { firstOf, VariantFields } from './deployment-fields.tsx'
import { MeasurementCard } from './measurement-card.tsx'
import { useVariantName } from './use-variant-name.ts'

/** A colleague times cases, by themselves or beside the robot in shadow mode; their mean becomes the baseline. */
export default function StopwatchPage() {
  const t = useTexts()
  const { api } = useHospital()
  const settings = useAsk(Baselines, `${api}/baselines`)
  const variantName = useVariantName(settings.data?.deployments ?? [])
  const measurements = useAsk(Measurements, `${api}/measurements`)
  return (
    <PageFrame title={t('savings.stopwatch.title')} lead={t('savings.stopwatch.lead')}>
      <Asked of={settings}>
        {({ deployments }) => (
          <>
            <BeginCard deployments={deployments.filter(({ variants }) => variants.length > 0)} />
            <Asked of={measurements}>
              {(all) =>
                all.map((measurement) => (
                  <MeasurementCard key={measurement.id} measurement={measurement} variantName={variantName} />
                ))
              }
            </Asked>
          </>
        )}
      </Asked>
    </PageFrame>
  )
}

function BeginCard({ deployments }: { readonly deployments: readonly MeasuredDeployment[] }) {
  const t = useTexts()
  const { api } = useHospital()
  const [chosen, setChosen] = useState(firstOf(deployments))
  const [wanted, setWanted] = useState<Method>('stopwatch')
  const begin = useChange({ answer: MeasurementMade, touches: [`${api}/measurements`] })
  // A robot of another make does nothing in shadow here.
  const reports = deployments.find(({ id }) => id === chosen.deployment)?.reports === true
  const method = reports ? 'stopwatch' : wanted
  return (
    <Card title={t('savings.stopwatch.begin')}>
      <Stack gap="sm" maw="26rem">
        <VariantFields deployments={deployments} {...chosen} onChange={setChosen} />
        {!reports && <MethodChoice value={method} onChange={setWanted} />}
        {begin.error && <Problem error={begin.error} />}
        <Button
          loading={begin.isPending}
          disabled={chosen.variant === ''}
          onClick={() => begin.mutate({ path: `${api}/measurements`, body: { ...chosen, method } })}
        >
          {t('savings.stopwatch.begin')}
        </Button>
      </Stack>
    </Card>
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
