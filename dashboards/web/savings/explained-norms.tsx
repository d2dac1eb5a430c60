import { Text } from '@mantine/core'
import type { z } from 'zod'
import type { Explanation } from '../../server/savings/explain-schemas.ts'
import { useDay } from '../programme/use-day.ts'
import { DataTable, type Column } from '../shared/data-table.tsx'
import { useNumbers } from '../shared/use-numbers.ts'
import { useInLanguage, useTexts } from '../shared/use-texts.ts'
import { ProductText } from './formula.tsx'
import { NormText } from './hospital-table.tsx'
import { RangeText } from './range-text.tsx'

type NormFigure = z.output<typeof Explanation>['norms'][number]

/** The FTE at the hospital's own norm and at 1,878 hours, each with its norm, its interval and its calculation. */
export function ExplainedNorms({ norms }: { readonly norms: readonly NormFigure[] }) {
  const t = useTexts()
  return (
    <DataTable
      caption={t('savings.explain.norms')}
      columns={useColumns()}
      rows={norms}
      rowKey={({ kind }) => kind}
    />
  )
}

function useColumns(): Column<NormFigure>[] {
  const t = useTexts()
  const inLanguage = useInLanguage()
  const { number } = useNumbers()
  const since = useSince()
  return [
    {
      key: 'kind',
      title: t('savings.explain.norm'),
      show: ({ kind, norm }) => (
        <>
          <Text size="sm">{t(`savings.explain.norm.${kind}`)}</Text>
          <NormText norm={norm} />
        </>
      ),
    },
    {
      key: 'fte',
      title: t('savings.step.fte'),
      show: ({ value, interval, noInterval }) => (
        <>
          <Text fw={600}>{number(value, 2)}</Text>
          <RangeText interval={interval} noInterval={noInterval} />
        </>
      ),
    },
    { key: 'how', title: t('savings.explain.formula'), show: ({ step }) => <StepText step={step} /> },
    {
      key: 'source',
      title: t('savings.norms.source'),
      show: ({ source, norm }) =>
        source ? inLanguage(source) : t('savings.explain.norm.made', { name: norm.name }),
    },
    { key: 'since', title: t('savings.baselines.validfrom'), show: since },
  ]
}

function StepText({ step: { products, value, deployment } }: Pick<NormFigure, 'step'>) {
  const { exact } = useNumbers()
  return (
    <>
      {products.map((product, place) => (
        <ProductText key={place} product={product} own={deployment} />
      ))}
      <Text size="sm">= {exact(value)}</Text>
    </>
  )
}

/** From which day the norm is the hospital's; of the others why they have no such day. */
function useSince(): (figure: NormFigure) => string {
  const t = useTexts()
  const day = useDay()
  return ({ kind, norm: { validFrom } }) => {
    if (kind === 'contract') return t('savings.explain.norm.always')
    return validFrom === null ? t('savings.explain.norm.default') : day(validFrom)
  }
}
