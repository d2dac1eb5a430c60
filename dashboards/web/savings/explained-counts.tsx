import { Button, Text } from '@mantine/core'
import { useState } from 'react'
import type { z } from 'zod'
import type { Explanation } from '../../server/savings/savings-schemas.ts'
import { useDay } from '../programme/use-day.ts'
import { DataTable, type Column } from '../shared/data-table.tsx'
import { useNumbers } from '../shared/use-numbers.ts'
import { useTexts, type Texts } from '../shared/use-texts.ts'
import { CountedItemsDialog } from './counted-items-dialog.tsx'
import type { VariantName } from './use-variant-name.ts'

type Found = z.output<typeof Explanation>
export type ExplainedCount = Found['counts'][number]

interface ExplainedCountsProps {
  readonly explanation: Found
  readonly variantName: VariantName
}

/** The counts by day and outcome; each leads to its items for who may see them. */
export function ExplainedCounts({ explanation, variantName }: ExplainedCountsProps) {
  const t = useTexts()
  const { number } = useNumbers()
  const [opened, setOpened] = useState<ExplainedCount>()
  const columns = useColumns(variantName, explanation.seesItems ? setOpened : undefined)
  const { counts, withheld } = explanation
  return (
    <>
      <DataTable
        caption={t('savings.explain.counts.caption')}
        columns={columns}
        rows={counts}
        rowKey={keyOf}
      />
      {withheld && (
        <Text size="sm">
          {t('savings.explain.withheld', {
            minutes: number(withheld.minutes.net, 2),
          })}
        </Text>
      )}
      {opened && <CountedItemsDialog count={opened} onClose={() => setOpened(undefined)} />}
    </>
  )
}

const keyOf = ({ deployment, day, variant, outcome, kind }: ExplainedCount) =>
  JSON.stringify([deployment, day, variant, outcome, kind])

function useColumns(
  variantName: VariantName,
  open: ((count: ExplainedCount) => void) | undefined,
): Column<ExplainedCount>[] {
  const t = useTexts()
  const day = useDay()
  const { number } = useNumbers()
  return [
    { key: 'day', title: t('savings.day'), show: (row) => day(row.day), sortBy: (row) => row.day },
    { key: 'deployment', title: t('savings.deployment'), show: ({ deployment }) => deployment },
    {
      key: 'variant',
      title: t('savings.variant'),
      show: ({ deployment, variant }) => variantName(deployment, variant),
    },
    { key: 'outcome', title: t('savings.explain.outcome'), show: ({ outcome }) => outcomeText(t, outcome) },
    { key: 'kind', title: t('savings.explain.counted'), show: ({ kind }) => t(`savings.kind.${kind}`) },
    { key: 'items', title: t('savings.items'), align: 'end', show: (row) => number(row.items) },
    {
      key: 'gross',
      title: t('savings.explain.gross'),
      align: 'end',
      show: ({ minutes }) => number(minutes.gross, 2),
    },
    {
      key: 'human',
      title: t('savings.explain.human'),
      align: 'end',
      show: ({ minutes }) => number(minutes.human, 2),
    },
    ...(open ? [openColumn(t, day, open)] : []),
  ]
}

/** To the items behind a count. */
function openColumn(
  t: Texts,
  day: (date: string) => string,
  open: (count: ExplainedCount) => void,
): Column<ExplainedCount> {
  return {
    ...{ key: 'open', title: t('savings.explain.open') },
    show: (count) => (
      <Button
        size="compact-sm"
        variant="default"
        aria-label={`${t('savings.explain.open')}: ${day(count.day)} ${outcomeText(t, count.outcome)}`}
        onClick={() => open(count)}
      >
        {t('savings.explain.open')}
      </Button>
    ),
  }
}

const OUTCOMES = ['done', 'nothing', 'by-hand', 'shadow', 'parked', 'worklist'] as const

function outcomeText(t: Texts, outcome: string): string {
  const known = OUTCOMES.find((each) => each === outcome)
  return known ? t(`savings.outcome.${known}`) : outcome
}
