import { Button } from '@mantine/core'
import { useState } from 'react'
import { RemoveDialog } from '../programme/remove-dialog.tsx'
import { useDay } from '../programme/use-day.ts'
import { Card } from '../shared/card.tsx'
import { DataTable, type Column } from '../shared/data-table.tsx'
import { EmptyState } from '../shared/empty-state.tsx'
import { useNumbers } from '../shared/use-numbers.ts'
import { useHospital } from '../shared/use-path.ts'
import { useInLanguage, useTexts } from '../shared/use-texts.ts'
import type { BaselinesFound } from './answers.ts'
import { NormDialog } from './norm-dialog.tsx'
import { useMay } from './use-may.ts'

type Norm = BaselinesFound['norms'][number]
type CommonNorm = BaselinesFound['commonNorms'][number]

interface NormsCardProps {
  readonly norms: readonly Norm[]
  readonly common: readonly CommonNorm[]
}

/** The dated norms of the hospital, and the common ones to choose from. */
export function NormsCard({ norms, common }: NormsCardProps) {
  const t = useTexts()
  const { api } = useHospital()
  const mayChange = useMay('administrator', 'programme')
  const [adding, setAdding] = useState(false)
  const [removing, setRemoving] = useState<Norm>()
  const columns = useColumns(common)
  const remove = useRemoval(setRemoving)
  const actions = mayChange && (
    <Button variant="default" onClick={() => setAdding(true)}>
      {t('savings.norms.add')}
    </Button>
  )
  return (
    <Card title={t('savings.norms.title')} actions={actions}>
      <DataTable
        caption={t('savings.norms.caption')}
        columns={mayChange ? [...columns, remove] : columns}
        rows={norms}
        rowKey={({ validFrom }) => validFrom}
        empty={<EmptyState title={t('savings.norms.empty')} />}
      />
      {adding && <NormDialog common={common} onClose={() => setAdding(false)} />}
      {removing && (
        <RemoveDialog
          title={t('savings.norms.remove.title')}
          sentence={t('savings.norms.remove.sentence')}
          path={`${api}/norms/${removing.validFrom}`}
          touches={[`${api}/baselines`, '/api/programme']}
          onClose={() => setRemoving(undefined)}
        />
      )}
    </Card>
  )
}

function useColumns(common: readonly CommonNorm[]): Column<Norm>[] {
  const t = useTexts()
  const day = useDay()
  const inLanguage = useInLanguage()
  const { exact } = useNumbers()
  // Other hours under a common name are no common norm.
  const commonOf = ({ name, hoursPerYear }: Norm) =>
    common.find((norm) => norm.name === name && norm.hoursPerYear === hoursPerYear)
  const nameOf = (norm: Norm) => {
    const known = commonOf(norm)
    return known ? inLanguage(known.title) : norm.name
  }
  const sourceOf = (norm: Norm) => {
    const known = commonOf(norm)
    return known ? inLanguage(known.source) : t('savings.norms.own')
  }
  return [
    { key: 'from', title: t('savings.baselines.validfrom'), show: ({ validFrom }) => day(validFrom) },
    { key: 'name', title: t('savings.norms.choose'), show: nameOf },
    {
      key: 'hours',
      title: t('savings.norms.hours'),
      align: 'end',
      show: ({ hoursPerYear }) => exact(hoursPerYear),
    },
    { key: 'source', title: t('savings.norms.source'), show: sourceOf },
  ]
}

function useRemoval(remove: (norm: Norm) => void): Column<Norm> {
  const t = useTexts()
  const day = useDay()
  const word = t('programme.remove')
  return {
    ...{ key: 'remove', title: word },
    show: (norm) => (
      <Button
        size="compact-sm"
        variant="default"
        aria-label={`${word}: ${day(norm.validFrom)}`}
        onClick={() => remove(norm)}
      >
        {word}
      </Button>
    ),
  }
}
