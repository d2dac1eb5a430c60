import { Text } from '@mantine/core'
import type { z } from 'zod'
import type { Timing } from '../../server/savings/timing-schemas.ts'
import { Asked } from '../shared/asked.tsx'
import { Card } from '../shared/card.tsx'
import { EmptyState } from '../shared/empty-state.tsx'
import { PageFrame } from '../shared/page-frame.tsx'
import { ButtonLink } from '../shared/page-link.tsx'
import { useCalled, useTexts } from '../shared/use-texts.ts'
import { CaseClock, EndedCase } from './case-clock.tsx'
import { CaseTable } from './case-table.tsx'
import { headingsOf } from './headings-of.ts'
import { useCaseTimer, type CaseTimer } from './use-case-timer.ts'

type OpenMeasurement = z.output<typeof Timing>['measurements'][number]

/** Where a colleague begins: times cases of the work that is being measured, as it is done by hand. */
export default function TimingPage() {
  const t = useTexts()
  const timer = useCaseTimer()
  return (
    <PageFrame title={t('savings.timing.title')} lead={t('savings.timing.lead')} actions={<IdeasLink />}>
      <EndedCase timer={timer} />
      <Asked of={timer.asked}>
        {({ measurements }) =>
          measurements.length === 0 ? (
            <EmptyState title={t('savings.timing.none')} hint={t('savings.timing.none.hint')} />
          ) : (
            <TimingCards measurements={measurements} timer={timer} />
          )
        }
      </Asked>
    </PageFrame>
  )
}

function IdeasLink() {
  const t = useTexts()
  return (
    <ButtonLink to="/programme/ideas" variant="default">
      {t('savings.timing.ideas')}
    </ButtonLink>
  )
}

interface TimingCardsProps {
  readonly measurements: readonly OpenMeasurement[]
  readonly timer: CaseTimer
}

/** Several may be of the same work. */
function TimingCards({ measurements, timer }: TimingCardsProps) {
  const called = useCalled()
  const headings = headingsOf(
    measurements,
    ({ bot, title, variant, variantTitle }) =>
      `${called({ name: bot, title })}: ${called({ name: variant, title: variantTitle })}`,
  )
  return measurements.map((each, place) => (
    <TimingCard key={each.id} heading={headings[place] ?? ''} measurement={each} timer={timer} />
  ))
}

interface TimingCardProps {
  readonly heading: string
  readonly measurement: OpenMeasurement
  readonly timer: CaseTimer
}

function TimingCard({ heading, measurement, timer }: TimingCardProps) {
  const t = useTexts()
  const { id, instruction, cases, own } = measurement
  return (
    <Card title={heading}>
      <Text>{instruction === '' ? t('savings.timing.how') : instruction}</Text>
      <CaseClock measurement={id} timer={timer} large />
      <Text size="sm" c="dimmed">
        {t('savings.timing.count', { count: cases })}
      </Text>
      <CaseTable
        measurement={id}
        cases={own}
        open
        caption={t('savings.timing.own')}
        empty={t('savings.timing.own.none')}
      />
    </Card>
  )
}
