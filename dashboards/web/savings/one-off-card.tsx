import { Button } from '@mantine/core'
import { useState } from 'react'
import type { z } from 'zod'
import { Done } from '../../server/door/account-schemas.ts'
import { Made, type OneOffs } from '../../server/savings/measure-schemas.ts'
import { EntryDialog } from '../programme/entry-dialog.tsx'
import { DayField, WordsField } from '../programme/entry-fields.tsx'
import { today, useDay } from '../programme/use-day.ts'
import { Card } from '../shared/card.tsx'
import { ConfirmDialog } from '../shared/confirm-dialog.tsx'
import { DataTable, type Column } from '../shared/data-table.tsx'
import { EmptyState } from '../shared/empty-state.tsx'
import { useChange } from '../shared/use-ask.ts'
import { useHospital } from '../shared/use-path.ts'
import { useTexts } from '../shared/use-texts.ts'
import { DeploymentField } from './deployment-fields.tsx'
import { useMay } from './use-may.ts'

type OneOff = z.output<typeof OneOffs>[number]

interface OneOffCardProps {
  readonly oneOffs: readonly OneOff[]
  readonly deployments: readonly string[]
}

/** Days on which a backlog was cleared: counted apart, never made into a year. */
export function OneOffCard({ oneOffs, deployments }: OneOffCardProps) {
  const t = useTexts()
  const mayChange = useMay('administrator')
  const [adding, setAdding] = useState(false)
  const [removing, setRemoving] = useState<OneOff>()
  const columns = useColumns(mayChange ? setRemoving : undefined)
  const add = (
    <Button variant="default" onClick={() => setAdding(true)}>
      {t('savings.oneoff.add')}
    </Button>
  )
  return (
    <Card title={t('savings.oneoff.title')} actions={mayChange && add}>
      <DataTable
        caption={t('savings.oneoff.caption')}
        columns={columns}
        rows={oneOffs}
        rowKey={({ id }) => String(id)}
        empty={<EmptyState title={t('savings.oneoff.empty')} />}
      />
      {adding && <OneOffDialog deployments={deployments} onClose={() => setAdding(false)} />}
      {removing && <RemoveDialog of={removing} onClose={() => setRemoving(undefined)} />}
    </Card>
  )
}

function useColumns(remove: ((of: OneOff) => void) | undefined): Column<OneOff>[] {
  const t = useTexts()
  const day = useDay()
  const word = t('savings.oneoff.remove')
  const removal: Column<OneOff> = {
    ...{ key: 'remove', title: word },
    show: (of) => (
      <Button
        size="compact-sm"
        variant="default"
        aria-label={`${word}: ${of.reason}`}
        onClick={() => remove?.(of)}
      >
        {word}
      </Button>
    ),
  }
  return [
    { key: 'deployment', title: t('savings.deployment'), show: ({ deployment }) => deployment },
    { key: 'from', title: t('savings.from'), show: ({ from }) => day(from), sortBy: ({ from }) => from },
    { key: 'until', title: t('savings.to'), show: ({ until }) => day(until) },
    { key: 'reason', title: t('savings.oneoff.reason'), show: ({ reason }) => reason },
    ...(remove ? [removal] : []),
  ]
}

interface RemoveDialogProps {
  readonly of: OneOff
  readonly onClose: () => void
}

function RemoveDialog({ of, onClose }: RemoveDialogProps) {
  const t = useTexts()
  const { api } = useHospital()
  const touches = [`${api}/one-offs`, '/api/programme/savings']
  const change = useChange({ answer: Done, method: 'DELETE', touches })
  return (
    <ConfirmDialog
      opened
      title={t('savings.oneoff.remove.title')}
      sentence={t('savings.oneoff.remove.sentence')}
      confirm={t('savings.oneoff.remove')}
      busy={change.isPending}
      error={change.error}
      onConfirm={() => change.mutate({ path: `${api}/one-offs/${of.id}` }, { onSuccess: onClose })}
      onClose={onClose}
    />
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
      touches={[`${api}/one-offs`, '/api/programme/savings']}
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
