import { Button, Group, Text } from '@mantine/core'
import { useState } from 'react'
import { today, useDay } from '../programme/use-day.ts'
import { DataTable, type Column } from '../shared/data-table.tsx'
import { EmptyState } from '../shared/empty-state.tsx'
import { StateBadge } from '../shared/state-badge.tsx'
import { useNumbers } from '../shared/use-numbers.ts'
import { useTexts, type Texts } from '../shared/use-texts.ts'
import type { BaselinesFound } from './answers.ts'
import { BackdatedBadge } from './backdated-badge.tsx'
import type { WantedBaseline } from './baseline-dialog.tsx'
import { EndBaselineDialog } from './end-baseline-dialog.tsx'
import { gradeText } from './grade-text.ts'
import { RemoveBaselineDialog } from './remove-baseline-dialog.tsx'
import { useMay } from './use-may.ts'
import { useSample } from './use-sample.ts'
import { useVariantName, type VariantName } from './use-variant-name.ts'

type Baseline = BaselinesFound['baselines'][number]
const METHODS = ['stopwatch', 'shadow', 'log', 'estimate'] as const

interface BaselineTableProps {
  readonly baselines: readonly Baseline[]
  readonly deployments: BaselinesFound['deployments']
  readonly onWanted: (wanted: WantedBaseline) => void
}

/** Every baseline that there is and was. */
export function BaselineTable({ baselines, deployments, onWanted }: BaselineTableProps) {
  const t = useTexts()
  const variantName = useVariantName(deployments)
  const mayChange = useMay('administrator')
  const [changing, setChanging] = useState<Changing>()
  const change: Column<Baseline> = {
    ...{ key: 'change', title: t('savings.baselines.change') },
    show: (row) => (
      <RowButtons
        row={row}
        name={`${row.deployment} ${variantName(row.deployment, row.variant)}`}
        onChange={setChanging}
      />
    ),
  }
  return (
    <>
      <DataTable
        caption={t('savings.baselines.caption')}
        columns={[...useColumns(variantName), ...(mayChange ? [change] : [])]}
        rows={baselines.toSorted((one, other) => Number(isOverdue(other)) - Number(isOverdue(one)))}
        rowKey={({ id }) => String(id)}
        empty={<EmptyState title={t('savings.baselines.empty')} />}
      />
      {changing && (
        <ChangeDialog
          changing={changing}
          deployments={deployments}
          onWanted={onWanted}
          onClose={() => setChanging(undefined)}
        />
      )}
    </>
  )
}

/** What somebody is about to do with one. */
type Changing = { readonly end: Baseline } | { readonly remove: Baseline }

interface ChangingProps extends Omit<BaselineTableProps, 'baselines'> {
  readonly changing: Changing
  readonly onClose: () => void
}

function ChangeDialog({ changing, deployments, onWanted, onClose }: ChangingProps) {
  if ('remove' in changing)
    return <RemoveBaselineDialog baseline={changing.remove} deployments={deployments} onClose={onClose} />
  const { deployment, variant } = changing.end
  const replace = (from: string) => {
    onClose()
    onWanted({ deployment, variant, from })
  }
  return (
    <EndBaselineDialog
      baseline={changing.end}
      deployments={deployments}
      onReplace={replace}
      onClose={onClose}
    />
  )
}

/** Valid, and to be measured again on a day that has passed. */
const isOverdue = ({ remeasureOn, validFrom, validUntil }: Baseline): boolean =>
  remeasureOn < today() && validFrom <= today() && (validUntil === null || validUntil > today())

interface RowButtonsProps {
  readonly row: Baseline
  readonly name: string
  readonly onChange: (changing: Changing) => void
}

function RowButtons({ row, name, onChange }: RowButtonsProps) {
  const t = useTexts()
  return (
    <Group gap="xs">
      {row.validUntil === null && (
        <RowButton word={t('savings.baselines.end')} of={name} onClick={() => onChange({ end: row })} />
      )}
      {!row.used && (
        <RowButton word={t('programme.remove')} of={name} onClick={() => onChange({ remove: row })} />
      )}
    </Group>
  )
}

interface RowButtonProps {
  readonly word: string
  readonly of: string
  readonly onClick: () => void
}

function RowButton({ word, of, onClick }: RowButtonProps) {
  return (
    <Button size="compact-sm" variant="default" aria-label={`${word}: ${of}`} onClick={onClick}>
      {word}
    </Button>
  )
}

function methodText(method: string, t: Texts): string {
  const known = METHODS.find((each) => each === method)
  return known ? t(`savings.method.${known}`) : method
}

function useColumns(variantName: VariantName): Column<Baseline>[] {
  const t = useTexts()
  const { exact } = useNumbers()
  return [
    {
      key: 'deployment',
      title: t('savings.deployment'),
      show: (row) => row.deployment,
      sortBy: (row) => row.deployment,
    },
    {
      key: 'variant',
      title: t('savings.variant'),
      show: ({ deployment, variant }) => variantName(deployment, variant),
    },
    {
      key: 'minutes',
      title: t('savings.minutes'),
      align: 'end',
      show: (row) => exact(Number(row.minutes)),
    },
    { key: 'how', title: t('savings.baselines.how'), show: (row) => <HowMeasured baseline={row} /> },
    {
      key: 'valid',
      title: t('savings.baselines.valid'),
      show: (row) => <Valid baseline={row} />,
      sortBy: ({ validFrom }) => validFrom,
    },
    { key: 'again', title: t('savings.baselines.remeasure'), show: (row) => <MeasureAgain baseline={row} /> },
  ]
}

function Valid({ baseline }: { readonly baseline: Baseline }) {
  const t = useTexts()
  const day = useDay()
  const { validFrom, validUntil } = baseline
  return (
    <>
      {validUntil === null
        ? t('savings.baselines.since', { day: day(validFrom) })
        : t('savings.baselines.between', { from: day(validFrom), until: day(validUntil) })}{' '}
      <BackdatedBadge baseline={baseline} />
    </>
  )
}

/** Its grade, and beneath it the method, by whom and over how many cases: apart they would not fit beside the buttons. */
function HowMeasured({ baseline }: { readonly baseline: Baseline }) {
  const t = useTexts()
  const sample = useSample()(baseline)
  const by = t('savings.baselines.howby', {
    method: methodText(baseline.method, t),
    name: baseline.measuredBy,
  })
  return (
    <>
      {t(gradeText(baseline.grade))}
      {(baseline.n === null ? [by] : [by, sample]).map((line) => (
        <Text key={line} size="xs" c="dimmed">
          {line}
        </Text>
      ))}
    </>
  )
}

function MeasureAgain({ baseline }: { readonly baseline: Baseline }) {
  const t = useTexts()
  const day = useDay()
  return (
    <>
      {day(baseline.remeasureOn)}{' '}
      {isOverdue(baseline) && <StateBadge tone="attention" text={t('savings.baselines.overdue')} />}
    </>
  )
}
