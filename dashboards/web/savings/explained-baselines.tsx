import type { z } from 'zod'
import type { Explanation } from '../../server/savings/explain-schemas.ts'
import { useDay } from '../programme/use-day.ts'
import { DataTable, type Column } from '../shared/data-table.tsx'
import { useNumbers } from '../shared/use-numbers.ts'
import { useTexts } from '../shared/use-texts.ts'
import { BackdatedBadge } from './backdated-badge.tsx'
import { gradeText } from './grade-text.ts'
import { useSample } from './use-sample.ts'
import type { VariantName } from './use-variant-name.ts'

type Baseline = z.output<typeof Explanation>['baselines'][number]

function MeasuredOn({ baseline }: { readonly baseline: Baseline }) {
  const day = useDay()
  return (
    <>
      {day(baseline.measuredOn)} <BackdatedBadge baseline={baseline} />
    </>
  )
}

interface ExplainedBaselinesProps {
  readonly baselines: readonly Baseline[]
  readonly variantName: VariantName
}

/** The baselines that a figure is made of. */
export function ExplainedBaselines({ baselines, variantName }: ExplainedBaselinesProps) {
  const t = useTexts()
  const day = useDay()
  const { exact } = useNumbers()
  const sample = useSample()
  const columns: Column<Baseline>[] = [
    { key: 'deployment', title: t('savings.deployment'), show: ({ deployment }) => deployment },
    {
      key: 'variant',
      title: t('savings.variant'),
      show: ({ deployment, variant }) => variantName(deployment, variant),
    },
    {
      key: 'minutes',
      title: t('savings.minutes'),
      align: 'end',
      show: ({ minutes }) => exact(Number(minutes)),
    },
    { key: 'grade', title: t('savings.grade'), show: ({ grade }) => t(gradeText(grade)) },
    { key: 'sample', title: t('savings.baselines.sample'), show: sample },
    { key: 'by', title: t('savings.baselines.by'), show: ({ measuredBy }) => measuredBy },
    { key: 'on', title: t('savings.baselines.measuredon'), show: (row) => <MeasuredOn baseline={row} /> },
    {
      ...{ key: 'valid', title: t('savings.baselines.valid') },
      show: ({ validFrom, validUntil }) =>
        validUntil === null
          ? t('savings.baselines.since', { day: day(validFrom) })
          : t('savings.baselines.between', { from: day(validFrom), until: day(validUntil) }),
    },
  ]
  return (
    <DataTable
      caption={t('savings.explain.baselines')}
      columns={columns}
      rows={baselines}
      rowKey={({ id }) => String(id)}
    />
  )
}
