import type { z } from 'zod'
import { Today } from '../../server/items/today-schemas.ts'
import { Asked } from '../shared/asked.tsx'
import { Card } from '../shared/card.tsx'
import { Chart } from '../shared/chart.tsx'
import { PageFrame } from '../shared/page-frame.tsx'
import { useAsk } from '../shared/use-ask.ts'
import { useHospital } from '../shared/use-path.ts'
import { useLanguage, useTexts } from '../shared/use-texts.ts'
import { AttentionList } from './attention-list.tsx'
import { DeploymentsToday } from './deployments-today.tsx'
import { localDay } from './local-day.ts'
import { useItemsLive } from './use-items-live.ts'

/** Also when the live line is away. */
const ASK_AGAIN_MS = 60_000

/** What needs attention first, then each deployment: the page that an administrator begins the day with. */
export default function TodayPage() {
  const t = useTexts()
  const { api } = useHospital()
  const today = useAsk(Today, `${api}/today`, { every: ASK_AGAIN_MS })
  useItemsLive([`${api}/today`])
  return (
    <PageFrame title={t('items.today.title')} lead={t('items.today.lead')}>
      <Asked of={today}>
        {({ attention, deployments }) => (
          <>
            <Card title={t('items.today.attention')}>
              <AttentionList rows={attention} />
            </Card>
            <Card title={t('items.today.deployments')}>
              <DeploymentsToday rows={deployments} />
            </Card>
            {deployments.length > 0 && (
              <Card title={t('items.today.chart.title')}>
                <TrendChart deployments={deployments} />
              </Card>
            )}
          </>
        )}
      </Asked>
    </PageFrame>
  )
}

function TrendChart({ deployments }: { readonly deployments: z.output<typeof Today>['deployments'] }) {
  const t = useTexts()
  const language = useLanguage()
  const days = deployments[0]?.trend ?? []
  const points = days.map(({ day }, index) => ({
    label: localDay(day, language),
    values: {
      done: deployments.reduce((sum, { trend }) => sum + (trend[index]?.done ?? 0), 0),
      parked: deployments.reduce((sum, { trend }) => sum + (trend[index]?.parked ?? 0), 0),
    },
  }))
  const series = [
    { key: 'done', title: t('items.today.chart.done'), color: 'petrol.6' },
    { key: 'parked', title: t('items.today.chart.parked'), color: 'yellow.6' },
  ]
  return (
    <Chart
      kind="stacked"
      caption={t('items.today.chart')}
      labelTitle={t('items.today.chart.day')}
      series={series}
      points={points}
    />
  )
}
