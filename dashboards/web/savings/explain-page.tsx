import { Text } from '@mantine/core'
import type { z } from 'zod'
import { Explanation, Measure } from '../../server/savings/savings-schemas.ts'
import { useDay } from '../programme/use-day.ts'
import { Asked } from '../shared/asked.tsx'
import { Card } from '../shared/card.tsx'
import { PageFrame } from '../shared/page-frame.tsx'
import { useAsk } from '../shared/use-ask.ts'
import { useNumbers } from '../shared/use-numbers.ts'
import { useHospital } from '../shared/use-path.ts'
import { useSearchWord } from '../shared/use-search-word.ts'
import { useTexts } from '../shared/use-texts.ts'
import { ExplainedBaselines } from './explained-baselines.tsx'
import { ExplainedCounts } from './explained-counts.tsx'
import { Formula } from './formula.tsx'
import { usePeriod } from './period-choice.tsx'
import { useCount } from './use-count.ts'
import { useVariantName } from './use-variant-name.ts'

/** A figure from its formula down to its counts, and to its items for who may see them. */
export default function ExplainPage() {
  const t = useTexts()
  const day = useDay()
  const { api, name } = useHospital()
  const { from, to } = usePeriod()
  const [asked] = useSearchWord('measure')
  const [deployment] = useSearchWord('deployment')
  const measure = Measure.safeParse(asked).data ?? 'net-hours'
  const of = deployment === '' ? '' : `&deployment=${encodeURIComponent(deployment)}`
  const explanation = useAsk(
    Explanation,
    `${api}/savings/explain?measure=${measure}&from=${from}&to=${to}${of}`,
  )
  const figure = `${t(`savings.measure.${measure}`)}, ${deployment || name}`
  return (
    <PageFrame
      title={t('savings.explain.title')}
      lead={t('savings.explain.lead', { figure, from: day(from), to: day(to) })}
    >
      <Asked of={explanation}>{(found) => <Explained found={found} />}</Asked>
    </PageFrame>
  )
}

function Explained({ found }: { readonly found: z.output<typeof Explanation> }) {
  const t = useTexts()
  const { number } = useNumbers()
  const count = useCount()
  const { measure, value, steps, interval, noInterval, baselines } = found
  const variantName = useVariantName(found.deployments)
  return (
    <>
      <Card title={t('savings.explain.formula')}>
        <Formula steps={steps} variantName={variantName} />
        <Text fw={600} data-testid="figure">
          {t(`savings.measure.${measure}`)} {number(value, 2)}
        </Text>
        <NormUsed {...found} />
        <Range interval={interval} noInterval={noInterval} />
        <Text size="sm">
          {t('savings.report.leftout')}: {count(found.leftOut)}. {t('savings.report.withoutbaseline')}:{' '}
          {count(found.withoutBaseline)}.
        </Text>
      </Card>
      <Card title={t('savings.explain.baselines')}>
        <ExplainedBaselines baselines={baselines} variantName={variantName} />
      </Card>
      <Card title={t('savings.explain.counts')}>
        <ExplainedCounts explanation={found} variantName={variantName} />
      </Card>
    </>
  )
}

/** By how many hours of one FTE was divided, where that was done. */
function NormUsed({ measure, norm, contractNorm }: z.output<typeof Explanation>) {
  const t = useTexts()
  const { number } = useNumbers()
  if (measure !== 'fte' && measure !== 'contract-fte') return null
  const { name, hoursPerYear } = measure === 'fte' ? norm : contractNorm
  return <Text size="sm">{t('savings.report.norm', { hours: number(hoursPerYear), name })}</Text>
}

interface RangeProps {
  readonly interval: { readonly low: number; readonly high: number } | null
  readonly noInterval: 'nothing-counted' | 'estimate' | 'too-few-cases' | null
}

function Range({ interval, noInterval }: RangeProps) {
  const t = useTexts()
  const { number } = useNumbers()
  if (interval)
    return (
      <Text size="sm">
        {t('savings.interval', { low: number(interval.low, 2), high: number(interval.high, 2) })}
      </Text>
    )
  return noInterval && <Text size="sm">{t(`savings.nointerval.${noInterval}`)}</Text>
}
