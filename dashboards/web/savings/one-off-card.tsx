import { Button } from '@mantine/core'
import { useState } from 'react'
import { Made } from '../../server/savings/measure-schemas.ts'
import { EntryDialog } from '../programme/entry-dialog.tsx'
import { DayField, WordsField } from '../programme/entry-fields.tsx'
import { today, useDay } from '../programme/use-day.ts'
import { Card } from '../shared/card.tsx'
import { DataTable, type Column } from '../shared/data-table.tsx'
import { EmptyState } from '../shared/empty-state.tsx'
import { useHospital } from '../shared/use-path.ts'
import { useTexts } from '../shared/use-texts.ts'
import type { BaselinesFound } from './baselines-page.tsx'
import { DeploymentField } from './deployment-fields.tsx'
import { useMay } from './use-may.ts'

type OneOff = BaselinesFound['oneOffs'][number]

interface OneOffCardProps {
  readonly oneOffs: readonly OneOff[]
  readonly deployments: BaselinesFound['deployments']
}

/** Days on which a backlog was cleared: counted apart, never made into a year. */
export function OneOffCard({ oneOffs, deployments }: OneOffCardProps) {
  const t = useTexts()
  const day = useDay()
  const mayChange = useMay('administrator')
  const [adding, setAdding] = useState(false)
  const columns: Column<OneOff>[] = [
    { key: 'deployment', title: t('savings.deployment'), show: ({ deployment }) => deployment },
    { key: 'from', title: t('savings.from'), show: ({ from }) => day(from) },
    { key: 'until', title: t('savings.to'), show: ({ until }) => day(until) },
    { key: 'reason', title: t('savings.oneoff.reason'), show: ({ reason }) => reason },
  ]
  const actions = mayChange && (
    <Button variant="default" onClick={() => setAdding(true)}>
      {t('savings.oneoff.add')}
    </Button>
  )
  return (
    <Card title={t('savings.oneoff.title')} actions={actions}>
      <DataTable
        caption={t('savings.oneoff.caption')}
        columns={columns}
        rows={oneOffs}
        rowKey={({ id }) => String(id)}
        empty={<EmptyState title={t('savings.oneoff.empty')} />}
      />
      {adding && (
        <OneOffDialog deployments={deployments.map(({ id }) => id)} onClose={() => setAdding(false)} />
      )}
    </Card>
  )
}

interface OneOffDialogProps {
  readonly deployments: readonly string[]
  readonly onClose: () => void
}

function OneOffDialog({ deployments, onClose }: OneOffDialogProps) {
  const t = useTexts()
  const { api } = useHospital()
  const [draft, setDraft] = useState({
    deployment: deployments[0] ?? '',
    from: today(),
    until: today(),
    reason: '',
  })
  const change = (changed: Partial<typeof draft>) => setDraft((before) => ({ ...before, ...changed }))
  return (
    <EntryDialog
      title={t('savings.oneoff.add')}
      answer={Made}
      method="POST"
      path={`${api}/one-offs`}
      body={draft}
      touches={[`${api}/baselines`, '/api/programme/savings']}
      ready={draft.deployment !== '' && draft.reason.trim() !== ''}
      onClose={onClose}
    >
      <DeploymentField
        deployments={deployments}
        value={draft.deployment}
        onChange={(deployment) => change({ deployment })}
      />
      <DayField label={t('savings.from')} value={draft.from} onChange={(from) => change({ from })} />
      <DayField label={t('savings.to')} value={draft.until} onChange={(until) => change({ until })} />
      <WordsField
        required
        most={200}
        label={t('savings.oneoff.reason')}
        value={draft.reason}
        onChange={(reason) => change({ reason })}
      />
    </EntryDialog>
  )
}
