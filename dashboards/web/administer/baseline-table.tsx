import { Button } from '@mantine/core'
import { DataTable, type Column } from '../shared/data-table.tsx'
import { EmptyState } from '../shared/empty-state.tsx'
import { StateBadge } from '../shared/state-badge.tsx'
import { useNumbers } from '../shared/use-numbers.ts'
import { useInLanguage, useLanguage, useTexts } from '../shared/use-texts.ts'
import type { Baseline, CataloguedBot } from './answers.ts'
import { longDay } from './long-day.ts'

interface BaselineTableProps {
  readonly bot: CataloguedBot
  readonly rows: readonly Baseline[]
  readonly onRemove: (baseline: Baseline) => void
}

/** The baselines of a draft. */
export function BaselineTable({ bot, rows, onRemove }: BaselineTableProps) {
  const t = useTexts()
  const titleOf = useVariantTitle(bot)
  const removing: Column<Baseline> = {
    key: 'remove',
    title: t('administer.baseline.remove'),
    show: (row) => (
      <Button
        size="xs"
        variant="default"
        aria-label={t('administer.baseline.remove.of', { variant: titleOf(row.variant) })}
        onClick={() => onRemove(row)}
      >
        {t('administer.baseline.remove')}
      </Button>
    ),
  }
  return (
    <DataTable
      caption={t('administer.plan.baselines')}
      columns={[...useBaselineColumns(titleOf), removing]}
      rows={rows}
      rowKey={({ variant, validFrom }) => `${variant} ${validFrom}`}
      empty={<EmptyState title={t('administer.plan.baselines.none')} hint={t('administer.baseline.hint')} />}
    />
  )
}

function useBaselineColumns(titleOf: (variant: string) => string): Column<Baseline>[] {
  const t = useTexts()
  const language = useLanguage()
  const { number } = useNumbers()
  return [
    { key: 'variant', title: t('administer.baseline.variant'), show: ({ variant }) => titleOf(variant) },
    {
      key: 'minutes',
      title: t('administer.baseline.minutes'),
      align: 'end',
      show: ({ minutes }) => number(minutes, 2),
    },
    {
      key: 'method',
      title: t('administer.baseline.method'),
      show: ({ method, n }) => sampled(t(`administer.baseline.${method}`), n),
    },
    {
      key: 'from',
      title: t('administer.baseline.from'),
      show: (row) => (
        <>
          {longDay(row.validFrom, language)}{' '}
          {row.backdated && <StateBadge tone="attention" text={t('administer.baseline.backdated')} />}
        </>
      ),
    },
  ]
}

const sampled = (method: string, n: number | undefined): string =>
  n === undefined ? method : `${method} (n = ${n})`

function useVariantTitle(bot: CataloguedBot): (variant: string) => string {
  const inLanguage = useInLanguage()
  return (id) => {
    const variant = bot.variants.find((one) => one.id === id)
    return variant ? inLanguage(variant.title) : id
  }
}
