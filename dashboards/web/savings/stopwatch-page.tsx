import { Button, Stack } from '@mantine/core'
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

/** A colleague clicks through cases; their mean becomes the baseline. */
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
  const begin = useChange({ answer: MeasurementMade, touches: [`${api}/measurements`] })
  return (
    <Card title={t('savings.stopwatch.begin')}>
      <Stack gap="sm" maw="26rem">
        <VariantFields deployments={deployments} {...chosen} onChange={setChosen} />
        {begin.error && <Problem error={begin.error} />}
        <Button
          loading={begin.isPending}
          disabled={chosen.variant === ''}
          onClick={() =>
            begin.mutate({ path: `${api}/measurements`, body: { ...chosen, method: 'stopwatch' } })
          }
        >
          {t('savings.stopwatch.begin')}
        </Button>
      </Stack>
    </Card>
  )
}
