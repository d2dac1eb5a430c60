import { Alert, Button, Group, Stack } from '@mantine/core'
import { useState } from 'react'
import type { z } from 'zod'
import { PutToWorkAnswer } from '../../server/administer/draft-schemas.ts'
import { Done } from '../../server/door/account-schemas.ts'
import type { Reporting } from '../../server/reported/reported-schemas.ts'
import { Problem } from '../shared/asked.tsx'
import { ConfirmDialog } from '../shared/confirm-dialog.tsx'
import { DataTable, type Column } from '../shared/data-table.tsx'
import { EmptyState } from '../shared/empty-state.tsx'
import { useMe } from '../shared/me.ts'
import { ModeBadge } from '../shared/state-badge.tsx'
import { told } from '../shared/told.ts'
import { useChange } from '../shared/use-ask.ts'
import { useHospital } from '../shared/use-path.ts'
import { useTexts } from '../shared/use-texts.ts'
import { ReportingDialog, type Reported } from './reporting-dialog.tsx'
import { useMay } from './use-may.ts'

type Found = z.output<typeof Reporting>
type Waiting = Found['asked'][number]

/** The deployments that only report, and what waits for a second account. */
export function ReportingTable({ found: { deployments, asked } }: { readonly found: Found }) {
  const t = useTexts()
  const [changing, setChanging] = useState<Reported>()
  const [stopping, setStopping] = useState<Reported>()
  return (
    <Stack gap="md">
      {asked.map((waiting) => (
        <Approval key={waiting.id} waiting={waiting} />
      ))}
      <DataTable
        caption={t('savings.reported.caption')}
        columns={useColumns(setChanging, setStopping)}
        rows={deployments}
        rowKey={({ id }) => id}
        empty={<EmptyState title={t('savings.reported.empty')} />}
      />
      {changing && <ReportingDialog of={changing} onClose={() => setChanging(undefined)} />}
      {stopping && <StopDialog of={stopping} onClose={() => setStopping(undefined)} />}
    </Stack>
  )
}

function useColumns(change: (of: Reported) => void, stop: (of: Reported) => void): Column<Reported>[] {
  const t = useTexts()
  const mayChange = useMay('administrator')
  const actions: Column<Reported> = {
    ...{ key: 'actions', title: t('savings.reported.actions') },
    show: (of) => (
      <Group gap="xs">
        <Doing word={t('savings.reported.change')} of={of} onClick={change} />
        {of.mode !== 'off' && <Doing word={t('savings.reported.off')} of={of} onClick={stop} />}
      </Group>
    ),
  }
  const activityOf = ({ activity }: Reported) =>
    activity === null ? t('savings.trend.unknown') : t(`programme.activity.${activity}`)
  return [
    { key: 'id', title: t('savings.deployment'), show: ({ id }) => id, sortBy: ({ id }) => id },
    { key: 'bot', title: t('savings.bot'), show: ({ bot }) => bot },
    { key: 'mode', title: t('savings.reported.mode'), show: ({ mode }) => <ModeBadge mode={mode} /> },
    { key: 'activity', title: t('programme.activity'), show: activityOf },
    { key: 'variants', title: t('savings.reported.variants'), show: ({ variants }) => variants.join(', ') },
    { key: 'who', title: t('savings.reported.responsible'), show: ({ responsible }) => responsible },
    ...(mayChange ? [actions] : []),
  ]
}

interface DoingProps {
  readonly word: string
  readonly of: Reported
  readonly onClick: (of: Reported) => void
}

function Doing({ word, of, onClick }: DoingProps) {
  return (
    <Button size="compact-sm" variant="default" aria-label={`${word}: ${of.id}`} onClick={() => onClick(of)}>
      {word}
    </Button>
  )
}

interface StopDialogProps {
  readonly of: Reported
  readonly onClose: () => void
}

function StopDialog({ of, onClose }: StopDialogProps) {
  const t = useTexts()
  const { api } = useHospital()
  const change = useChange({ answer: Done, touches: [`${api}/reported-items`, `${api}/deployments`] })
  const path = `${api}/deployments/${of.id}/mode`
  return (
    <ConfirmDialog
      opened
      title={t('savings.reported.off.title', { deployment: of.id })}
      sentence={t('savings.reported.off.sentence')}
      confirm={t('savings.reported.off')}
      busy={change.isPending}
      error={change.error}
      onConfirm={() => change.mutate({ path, body: { mode: 'off' } }, { onSuccess: onClose })}
      onClose={onClose}
    />
  )
}

/** What one account asked for and another one approves. */
function Approval({ waiting: { id, askedBy } }: { readonly waiting: Waiting }) {
  const t = useTexts()
  const { api } = useHospital()
  const { account } = useMe()
  const mayChange = useMay('administrator')
  const touches = [`${api}/reported-items`, `${api}/baselines`]
  const { mutate, isPending, error } = useChange({ answer: PutToWorkAnswer, touches })
  const sent = { path: `${api}/drafts/${id}/put-to-work`, body: { mode: 'live' } }
  return (
    <Alert color="blue" variant="light" title={t('savings.reported.asked', { deployment: id, by: askedBy })}>
      {mayChange && askedBy !== account && (
        <Button
          loading={isPending}
          onClick={() => mutate(sent, { onSuccess: () => told(t('programme.saved')) })}
        >
          {t('savings.reported.approve')}
        </Button>
      )}
      {error && <Problem error={error} />}
    </Alert>
  )
}
