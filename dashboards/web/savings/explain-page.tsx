import { Stack, Text } from '@mantine/core'
import type { z } from 'zod'
import { Explanation, Measure } from '../../server/savings/explain-schemas.ts'
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
import { ExplainedNorms } from './explained-norms.tsx'
import { Formula } from './formula.tsx'
import { usePeriod } from './period-choice.tsx'
import { RangeText } from './range-text.tsx'
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
  const { measure, steps, baselines } = found
  const variantName = useVariantName(found.deployments)
  return (
    <>
      <Outcome {...found} />
      <Card title={t('savings.explain.formula')}>
        <Formula steps={steps} variantName={variantName} period={found.period} />
        <WhyNoFurther {...found} />
      </Card>
      {found.norms.length > 0 && (
        <Card title={t('savings.explain.norms')}>
          <ExplainedNorms norms={found.norms} />
        </Card>
      )}
      {baselines.length > 0 && (
        <Card title={t('savings.explain.baselines')}>
          <ExplainedBaselines baselines={baselines} variantName={variantName} />
        </Card>
      )}
      {measure !== 'upkeep-hours' && measure !== 'measured-days' && (
        <Card title={t('savings.explain.counts')}>
          <ExplainedCounts explanation={found} variantName={variantName} />
        </Card>
      )}
    </>
  )
}

/** The figure that is explained, first: what follows is how one comes to it. */
function Outcome(found: z.output<typeof Explanation>) {
  const t = useTexts()
  const { number } = useNumbers()
  const count = useCount()
  const { measure, value, leftOut, withoutBaseline } = found
  return (
    <Card>
      <Stack gap={4}>
        <Text fw={700} size="xl" data-testid="figure">
          {t(`savings.measure.${measure}`)} {number(value, isWhole(found) ? 0 : 2)}
        </Text>
        <RangeText {...found} />
      </Stack>
      <Text size="sm">
        {t('savings.report.leftout')}: {count(leftOut)}. {t('savings.report.withoutbaseline')}:{' '}
        {count(withoutBaseline)}.
      </Text>
    </Card>
  )
}

/** Whether it is a count: of items, or of days. */
const isWhole = ({ unit }: z.output<typeof Explanation>): boolean => unit === 'items' || unit === 'days'

/** What stands behind a figure that is not computed from baselines, and where that ends. */
function WhyNoFurther({ measure, unit }: z.output<typeof Explanation>) {
  const t = useTexts()
  if (measure === 'human-hours' || measure === 'upkeep-hours' || measure === 'measured-days')
    return <Text size="sm">{t(`savings.explain.why.${measure}`)}</Text>
  return unit === 'items' && <Text size="sm">{t('savings.explain.why.items')}</Text>
}
