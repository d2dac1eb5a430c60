import { List, Text } from '@mantine/core'
import type { z } from 'zod'
import { HospitalChoice, useChosenHospital } from '../programme/hospital-choice.tsx'
import { Savings } from '../../server/savings/savings-schemas.ts'
import { Asked } from '../shared/asked.tsx'
import { Card } from '../shared/card.tsx'
import { EmptyState } from '../shared/empty-state.tsx'
import { PageFrame } from '../shared/page-frame.tsx'
import { PageLink } from '../shared/page-link.tsx'
import { useAsk } from '../shared/use-ask.ts'
import { useTexts } from '../shared/use-texts.ts'
import { ActivityTable } from './activity-table.tsx'
import { DeploymentTable } from './deployment-table.tsx'
import { Headline } from './headline.tsx'
import { BesideTable, HospitalTable } from './hospital-table.tsx'
import { NotSaid } from './not-said.tsx'
import { OverSignedNote } from './over-signed-note.tsx'
import { LastRecount } from './last-recount.tsx'
import { PeriodChoice, usePeriod, type ChosenPeriod } from './period-choice.tsx'
import { ReportFiles } from './report-files.tsx'
import { RobotTable } from './robot-table.tsx'
import { TrendCard } from './trend-card.tsx'
import { WithdrawnNote } from './withdrawn-note.tsx'

/** What robots gave back, per hospital, by month, per deployment. */
export default function SavingsPage() {
  const t = useTexts()
  const period = usePeriod()
  const { from, to } = period
  const place = useChosenHospital()
  const { asked } = place
  const savings = useAsk(Savings, `/api/programme/savings?from=${from}&to=${to}${asked}`)
  return (
    <PageFrame
      title={t('savings.report.title')}
      lead={t('savings.report.lead')}
      actions={
        <>
          <HospitalChoice {...place} />
          <PeriodChoice {...period} />
        </>
      }
    >
      <Asked of={savings}>{(found) => <Found found={found} period={{ from, to }} asked={asked} />}</Asked>
    </PageFrame>
  )
}

interface FoundProps {
  readonly found: z.output<typeof Savings>
  readonly period: ChosenPeriod
  /** `&hospital=oost` for one, nothing for all. */
  readonly asked: string
}

function Found({ found, period, asked }: FoundProps) {
  const t = useTexts()
  const { total, hospitals, robots, activities, bots, overSigned, withdrawnImports } = found
  if (hospitals.every(({ deployments }) => deployments.length === 0))
    return (
      <Card>
        <EmptyState title={t('savings.report.empty')} hint={t('savings.report.empty.hint')} />
      </Card>
    )
  const deployments = hospitals.flatMap((hospital) => hospital.deployments)
  return (
    <>
      <Headline total={total} hospitals={hospitals} period={period} />
      <Card title={t('savings.report.hospitals')}>
        <HospitalTable hospitals={hospitals} period={period} />
        <BesideTable hospitals={hospitals} period={period} />
        <OverSignedNote over={overSigned} hospitals={hospitals} />
        <WithdrawnNote withdrawn={withdrawnImports} hospitals={hospitals} />
        <Notes />
        <LastRecount />
      </Card>
      <TrendCard period={period} asked={asked} hospitals={hospitals} bots={bots} />
      <Card title={t('savings.robots.title')}>
        <RobotTable {...{ robots, bots, deployments, period }} />
        <Text size="sm">{t('savings.robots.note')}</Text>
        <PageLink to="/programme/adoption">{t('savings.robots.adoption')}</PageLink>
      </Card>
      <Card title={t('savings.activities.title')}>
        <ActivityTable {...{ activities, deployments, period }} />
      </Card>
      <Card title={t('savings.report.deployments')}>
        <DeploymentTable hospitals={hospitals} bots={bots} period={period} />
      </Card>
      <NotSaid />
      <ReportFiles {...period} asked={asked} />
    </>
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
