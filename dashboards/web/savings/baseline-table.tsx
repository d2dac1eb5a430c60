import { Button, Group } from '@mantine/core'
import { useState } from 'react'
import { Done } from '../../server/door/account-schemas.ts'
import { EntryDialog } from '../programme/entry-dialog.tsx'
import { DayField } from '../programme/entry-fields.tsx'
import { RemoveDialog } from '../programme/remove-dialog.tsx'
import { today, useDay } from '../programme/use-day.ts'
import { DataTable, type Column } from '../shared/data-table.tsx'
import { EmptyState } from '../shared/empty-state.tsx'
import { StateBadge } from '../shared/state-badge.tsx'
import { useNumbers } from '../shared/use-numbers.ts'
import { useHospital } from '../shared/use-path.ts'
import { useTexts, type Texts } from '../shared/use-texts.ts'
import type { BaselinesFound } from './answers.ts'
import { gradeText } from './grade-text.ts'
import { useMay } from './use-may.ts'
import { useSample } from './use-sample.ts'
import { useVariantName, type VariantName } from './use-variant-name.ts'

type Baseline = BaselinesFound['baselines'][number]
const METHODS = ['stopwatch', 'shadow', 'log', 'estimate'] as const

interface BaselineTableProps {
  readonly baselines: readonly Baseline[]
  readonly deployments: BaselinesFound['deployments']
}

/** Every baseline that there is and was. */
export function BaselineTable({ baselines, deployments }: BaselineTableProps) {
  const t = useTexts()
  const variantName = useVariantName(deployments)
  const mayChange = useMay('administrator')
  const [ending, setEnding] = useState<Baseline>()
  const [removing, setRemoving] = useState<Baseline>()
  const nameOf = ({ deployment, variant }: Baseline) => `${deployment} ${variantName(deployment, variant)}`
  const change: Column<Baseline> = {
    ...{ key: 'change', title: t('savings.baselines.change') },
    show: (row) => (
      <Group gap="xs" wrap="nowrap">
        {row.validUntil === null && (
          <RowButton word={t('savings.baselines.end')} of={nameOf(row)} onClick={() => setEnding(row)} />
        )}
        {!row.used && (
          <RowButton word={t('programme.remove')} of={nameOf(row)} onClick={() => setRemoving(row)} />
        )}
      </Group>
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
      {ending && <EndDialog baseline={ending} onClose={() => setEnding(undefined)} />}
      {removing && <RemoveBaseline baseline={removing} onClose={() => setRemoving(undefined)} />}
    </>
  )
}

/** Valid, and to be measured again on a day that has passed. */
const isOverdue = ({ remeasureOn, validFrom, validUntil }: Baseline): boolean =>
  remeasureOn < today() && validFrom <= today() && (validUntil === null || validUntil > today())

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
  const day = useDay()
  const sample = useSample()
  const { exact } = useNumbers()
  const validOf = ({ validFrom, validUntil }: Baseline) =>
    validUntil === null
      ? t('savings.baselines.since', { day: day(validFrom) })
      : t('savings.baselines.between', { from: day(validFrom), until: day(validUntil) })
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
    { key: 'method', title: t('savings.baselines.method'), show: ({ method }) => methodText(method, t) },
    { key: 'grade', title: t('savings.grade'), show: ({ grade }) => t(gradeText(grade)) },
    { key: 'sample', title: t('savings.baselines.sample'), show: sample },
    { key: 'by', title: t('savings.baselines.by'), show: ({ measuredBy }) => measuredBy },
    {
      key: 'valid',
      title: t('savings.baselines.valid'),
      show: validOf,
      sortBy: ({ validFrom }) => validFrom,
    },
    { key: 'again', title: t('savings.baselines.remeasure'), show: (row) => <MeasureAgain baseline={row} /> },
  ]
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

interface ChangeDialogProps {
  readonly baseline: Baseline
  readonly onClose: () => void
}

function EndDialog({ baseline, onClose }: ChangeDialogProps) {
  const t = useTexts()
  const { api } = useHospital()
  const [until, setUntil] = useState(today())
  return (
    <EntryDialog
      title={t('savings.baselines.end.title')}
      answer={Done}
      method="POST"
      path={`${api}/baselines/${baseline.id}/end`}
      body={{ until }}
      touches={[`${api}/baselines`]}
      ready={until !== ''}
      confirm={t('savings.baselines.end')}
      onClose={onClose}
    >
      <DayField label={t('savings.baselines.end.until')} value={until} onChange={setUntil} />
    </EntryDialog>
  )
}

function RemoveBaseline({ baseline, onClose }: ChangeDialogProps) {
  const t = useTexts()
  const { api } = useHospital()
  return (
    <RemoveDialog
      title={t('savings.baselines.remove.title')}
      sentence={t('savings.baselines.remove.sentence')}
      path={`${api}/baselines/${baseline.id}`}
      touches={[`${api}/baselines`, '/api/programme/savings']}
      onClose={onClose}
    />
  )
}
