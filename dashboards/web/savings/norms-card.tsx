import { Button } from '@mantine/core'
import { useState } from 'react'
import { Done } from '../../server/door/account-schemas.ts'
import { EntryDialog } from '../programme/entry-dialog.tsx'
import { ChoiceField, DayField } from '../programme/entry-fields.tsx'
import { today, useDay } from '../programme/use-day.ts'
import { Card } from '../shared/card.tsx'
import { DataTable, type Column } from '../shared/data-table.tsx'
import { EmptyState } from '../shared/empty-state.tsx'
import { useNumbers } from '../shared/use-numbers.ts'
import { useHospital } from '../shared/use-path.ts'
import { useInLanguage, useTexts } from '../shared/use-texts.ts'
import type { BaselinesFound } from './answers.ts'
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
  const day = useDay()
  const { number } = useNumbers()
  const mayChange = useMay('administrator', 'programme')
  const [adding, setAdding] = useState(false)
  const columns: Column<Norm>[] = [
    { key: 'from', title: t('savings.baselines.validfrom'), show: ({ validFrom }) => day(validFrom) },
    { key: 'name', title: t('savings.norms.choose'), show: ({ name }) => name },
    {
      key: 'hours',
      title: t('savings.norms.hours'),
      align: 'end',
      show: ({ hoursPerYear }) => number(hoursPerYear),
    },
  ]
  const actions = mayChange && (
    <Button variant="default" onClick={() => setAdding(true)}>
      {t('savings.norms.add')}
    </Button>
  )
  return (
    <Card title={t('savings.norms.title')} actions={actions}>
      <DataTable
        caption={t('savings.norms.caption')}
        columns={columns}
        rows={norms}
        rowKey={({ validFrom }) => validFrom}
        empty={<EmptyState title={t('savings.norms.empty')} />}
      />
      {adding && <NormDialog common={common} onClose={() => setAdding(false)} />}
    </Card>
  )
}

interface NormDialogProps {
  readonly common: readonly CommonNorm[]
  readonly onClose: () => void
}

function NormDialog({ common, onClose }: NormDialogProps) {
  const t = useTexts()
  const inLanguage = useInLanguage()
  const { number } = useNumbers()
  const { api } = useHospital()
  const [name, setName] = useState(common[0]?.name ?? '')
  const [validFrom, setValidFrom] = useState(today())
  const chosen = common.find((norm) => norm.name === name)
  const nameOf = (of: string) => {
    const norm = common.find((each) => each.name === of)
    return norm ? `${number(norm.hoursPerYear)}: ${inLanguage(norm.source)}` : of
  }
  return (
    <EntryDialog
      title={t('savings.norms.add')}
      answer={Done}
      method="POST"
      path={`${api}/norms`}
      body={{ name, hoursPerYear: chosen?.hoursPerYear ?? 0, validFrom }}
      touches={[`${api}/baselines`, '/api/programme/savings']}
      ready={chosen !== undefined && validFrom !== ''}
      onClose={onClose}
    >
      <ChoiceField
        label={t('savings.norms.choose')}
        options={common.map((norm) => norm.name)}
        nameOf={nameOf}
        value={name}
        onChange={setName}
      />
      <DayField label={t('savings.baselines.validfrom')} value={validFrom} onChange={setValidFrom} />
    </EntryDialog>
  )
}
