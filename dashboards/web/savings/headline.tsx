import { Text } from '@mantine/core'
import type { ReactNode } from 'react'
import type { z } from 'zod'
import type { Savings } from '../../server/savings/savings-schemas.ts'
import { Card } from '../shared/card.tsx'
import { useNumbers } from '../shared/use-numbers.ts'
import { useTexts } from '../shared/use-texts.ts'
import { ExplainedFigure, IntervalText } from './explained-figure.tsx'
import { BriefText, NormText } from './hospital-table.tsx'
import type { ChosenPeriod } from './period-choice.tsx'

type Found = Pick<z.output<typeof Savings>, 'total' | 'hospitals'> & { readonly period: ChosenPeriod }

/** What robots gave net in the period, all hospitals that are shown together: hours and FTE, each with its interval. */
export function Headline({ total, hospitals, period }: Found) {
  const t = useTexts()
  // Of one hospital they are its own figures; of several the sum of those in the table beneath.
  const of = { period, hospital: hospitals.length === 1 ? hospitals[0]?.id : undefined }
  return (
    <Card title={t('savings.headline.title')}>
      <dl className="facts headline">
        <Figure title={t('savings.report.net')} value={total.netHours} measure="net-hours" {...of}>
          <IntervalText {...total} of="netHours" />
        </Figure>
        <Figure title={t('savings.report.fte')} value={total.fte} measure="fte" {...of}>
          <NormOfAll hospitals={hospitals} />
          <IntervalText {...total} of="fte" />
        </Figure>
        <Figure title={t('savings.report.contract')} value={total.contractFte} measure="contract-fte" {...of}>
          <IntervalText {...total} of="contractFte" />
        </Figure>
      </dl>
      {of.hospital === undefined && <Text size="sm">{t('savings.headline.sum')}</Text>}
      <BriefText {...total} />
    </Card>
  )
}

interface FigureProps {
  readonly title: string
  readonly value: number
  readonly measure: 'net-hours' | 'fte' | 'contract-fte'
  /** Whose figure it is; undefined of several. */
  readonly hospital: string | undefined
  readonly period: ChosenPeriod
  /** What must be known beside it. */
  readonly children: ReactNode
}

function Figure({ title, value, measure, hospital, period, children }: FigureProps) {
  const { number } = useNumbers()
  return (
    <div>
      <dt>{title}</dt>
      <dd>
        <Text fz="1.75rem" lh={1.3} fw={650}>
          {hospital === undefined ? (
            number(value, 2)
          ) : (
            <ExplainedFigure {...{ measure, hospital, period, value }} />
          )}
        </Text>
        {children}
      </dd>
    </div>
  )
}

/** The norm when all have the same one, whenever it was chosen. */
function NormOfAll({ hospitals }: Pick<Found, 'hospitals'>) {
  const t = useTexts()
  const [first, ...others] = hospitals.map(({ norm }) => norm)
  const same = others.every(
    ({ name, hoursPerYear }) => name === first?.name && hoursPerYear === first.hoursPerYear,
  )
  if (first && same) return <NormText norm={first} />
  return (
    <Text size="xs" c="dimmed">
      {t('savings.headline.ownnorms')}
    </Text>
  )
}
