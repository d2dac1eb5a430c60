import { Button, Text } from '@mantine/core'
import { useState } from 'react'
import type { z } from 'zod'
import type { Explanation } from '../../server/savings/explain-schemas.ts'
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
  const { counts, withheld, baselines } = explanation
  const minutesOf = new Map(baselines.map(({ id, minutes }) => [id, minutes]))
  const pricedAt = ({ baseline }: ExplainedCount) => minutesOf.get(baseline ?? -1)
  const columns = useColumns({ variantName, pricedAt }, explanation.seesItems ? setOpened : undefined)
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

interface Telling {
  readonly variantName: VariantName
  /** The minutes of the baseline that a count was priced at, decimal text; undefined when none was. */
  readonly pricedAt: (count: ExplainedCount) => string | undefined
}

function useColumns(
  { variantName, pricedAt }: Telling,
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
    ...worthColumns(t, number, pricedAt),
    ...(open ? [openColumn(t, day, open)] : []),
  ]
}

/** What a count is worth: its shares, the minutes they are priced at, and what that comes to. */
function worthColumns(
  t: Texts,
  number: (value: number, decimals?: number) => string,
  pricedAt: Telling['pricedAt'],
): Column<ExplainedCount>[] {
  return [
    {
      ...{ key: 'shares', title: t('savings.explain.shares'), align: 'end' },
      show: ({ shares, chainShare }) =>
        chainShare === null || Number(chainShare) === 1
          ? number(Number(shares), 2)
          : `${number(Number(shares), 2)} × ${number(Number(chainShare), 4)}`,
    },
    {
      ...{ key: 'by-hand', title: t('savings.explain.byhand'), align: 'end' },
      show: (row) => {
        const minutes = pricedAt(row)
        return minutes === undefined ? '–' : number(Number(minutes), 3)
      },
    },
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
  ]
}

/** To the items behind a count. */
function openColumn(
  t: Texts,
  day: (date: string) => string,
  open: (count: ExplainedCount) => void,
): Column<ExplainedCount> {
  return {
    ...{ key: 'open', title: t('savings.parts.head') },
    show: (count) => (
      <Button
        size="compact-sm"
        variant="default"
        aria-label={`${t('savings.explain.open')}: ${day(count.day)} ${outcomeText(t, count.outcome)}`}
        onClick={() => open(count)}
      >
        {t('savings.parts.open')}
      </Button>
    ),
  }
}

const OUTCOMES = ['done', 'nothing', 'by-hand', 'shadow', 'parked', 'worklist'] as const

function outcomeText(t: Texts, outcome: string): string {
  const known = OUTCOMES.find((each) => each === outcome)
  return known ? t(`savings.outcome.${known}`) : outcome
}
