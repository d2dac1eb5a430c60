import { List, Text } from '@mantine/core'
import { Savings } from '../../server/savings/savings-schemas.ts'
import { Asked } from '../shared/asked.tsx'
import { Card } from '../shared/card.tsx'
import { EmptyState } from '../shared/empty-state.tsx'
import { PageFrame } from '../shared/page-frame.tsx'
import { useAsk } from '../shared/use-ask.ts'
import { useTexts } from '../shared/use-texts.ts'
import { DeploymentTable } from './deployment-table.tsx'
import { HospitalTable } from './hospital-table.tsx'
import { PeriodChoice, usePeriod } from './period-choice.tsx'
import { ReportFiles } from './report-files.tsx'
import { TrendCard } from './trend-card.tsx'

/** What robots gave back, per hospital, by month, per deployment. */
export default function SavingsPage() {
  const t = useTexts()
  const period = usePeriod()
  const { from, to } = period
  const savings = useAsk(Savings, `/api/programme/savings?from=${from}&to=${to}`)
  return (
    <PageFrame
      title={t('savings.report.title')}
      lead={t('savings.report.lead')}
      actions={<PeriodChoice {...period} />}
    >
      <Asked of={savings}>
        {({ hospitals, bots }) =>
          hospitals.every(({ deployments }) => deployments.length === 0) ? (
            <Card>
              <EmptyState title={t('savings.report.empty')} />
            </Card>
          ) : (
            <>
              <Card title={t('savings.report.hospitals')}>
                <HospitalTable hospitals={hospitals} period={{ from, to }} />
                <Notes />
              </Card>
              <TrendCard period={{ from, to }} hospitals={hospitals} bots={bots} />
              <Card title={t('savings.report.deployments')}>
                <DeploymentTable hospitals={hospitals} bots={bots} period={{ from, to }} />
              </Card>
              <ReportFiles from={from} to={to} />
            </>
          )
        }
      </Asked>
    </PageFrame>
  )
}

const NOTES = ['norm', 'oneoff', 'leftout', 'withheld', 'rounded'] as const

function Notes() {
  const t = useTexts()
  return (
    <List size="sm" spacing={4}>
      {NOTES.map((note) => (
        <List.Item key={note}>
          <Text size="sm">{t(`savings.report.note.${note}`)}</Text>
        </List.Item>
      ))}
    </List>
  )
}
