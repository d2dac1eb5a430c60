import { Text } from '@mantine/core'
import type { ReactNode } from 'react'
import type { z } from 'zod'
import type { Savings } from '../../server/savings/savings-schemas.ts'
import { Card } from '../shared/card.tsx'
import { useNumbers } from '../shared/use-numbers.ts'
import { useTexts } from '../shared/use-texts.ts'
import { IntervalText } from './explained-figure.tsx'
import { BriefText, NormText } from './hospital-table.tsx'

type Found = Pick<z.output<typeof Savings>, 'total' | 'hospitals'>

/** What robots gave net in the period, all hospitals that are shown together: hours and FTE, each with its interval. */
export function Headline({ total, hospitals }: Found) {
  const t = useTexts()
  return (
    <Card title={t('savings.headline.title')}>
      <dl className="facts headline">
        <Figure title={t('savings.report.net')} value={total.netHours}>
          <IntervalText {...total} of="netHours" />
        </Figure>
        <Figure title={t('savings.report.fte')} value={total.fte}>
          <NormOfAll hospitals={hospitals} />
          <IntervalText {...total} of="fte" />
        </Figure>
        <Figure title={t('savings.report.contract')} value={total.contractFte}>
          <IntervalText {...total} of="contractFte" />
        </Figure>
      </dl>
      <BriefText {...total} />
    </Card>
  )
}

interface FigureProps {
  readonly title: string
  readonly value: number
  /** What must be known beside it. */
  readonly children: ReactNode
}

function Figure({ title, value, children }: FigureProps) {
  const { number } = useNumbers()
  return (
    <div>
      <dt>{title}</dt>
      <dd>
        <Text fz="1.75rem" lh={1.3} fw={650}>
          {number(value, 2)}
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
