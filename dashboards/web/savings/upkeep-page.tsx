import { Button } from '@mantine/core'
import { useState } from 'react'
import type { z } from 'zod'
import { Done } from '../../server/door/account-schemas.ts'
import { Made, UpkeepList } from '../../server/savings/measure-schemas.ts'
import { EntryDialog } from '../programme/entry-dialog.tsx'
import { asDecimal, DayField, DecimalField, WordsField } from '../programme/entry-fields.tsx'
import { today, useDay } from '../programme/use-day.ts'
import { Asked } from '../shared/asked.tsx'
import { Card } from '../shared/card.tsx'
import { ConfirmDialog } from '../shared/confirm-dialog.tsx'
import { DataTable, type Column } from '../shared/data-table.tsx'
import { EmptyState } from '../shared/empty-state.tsx'
import { PageFrame } from '../shared/page-frame.tsx'
import { useAsk, useChange } from '../shared/use-ask.ts'
import { useAskPages, type AskedPages } from '../shared/use-ask-pages.ts'
import { useNumbers } from '../shared/use-numbers.ts'
import { useHospital } from '../shared/use-path.ts'
import { useTexts } from '../shared/use-texts.ts'
import { DeploymentField } from './deployment-fields.tsx'
import { useMay } from './use-may.ts'
import { whoBooked } from './who-booked.ts'

type Booked = z.output<typeof UpkeepList>['rows'][number]

/** Hours that keep robots going, and booking them. */
export default function UpkeepPage() {
  const t = useTexts()
  const { api } = useHospital()
  const mayChange = useMay('administrator')
  const upkeep = useAsk(UpkeepList, `${api}/upkeep`)
  const pages = useAskPages(UpkeepList, `${api}/upkeep`)
  const [booking, setBooking] = useState(false)
  const actions = mayChange && <Button onClick={() => setBooking(true)}>{t('savings.upkeep.book')}</Button>
  return (
    <PageFrame title={t('savings.upkeep.title')} lead={t('savings.upkeep.lead')} actions={actions}>
      <Card>
        <Asked of={pages}>{(booked) => <UpkeepTable booked={booked} more={pages.more} />}</Asked>
        {booking && upkeep.data && (
          <BookingDialog deployments={upkeep.data.deployments} onClose={() => setBooking(false)} />
        )}
      </Card>
    </PageFrame>
  )
}

interface UpkeepTableProps {
  readonly booked: readonly Booked[]
  readonly more: AskedPages<Booked>['more']
}

function UpkeepTable({ booked, more }: UpkeepTableProps) {
  const t = useTexts()
  const day = useDay()
  const { number } = useNumbers()
  const [withdrawing, setWithdrawing] = useState<Booked>()
  const action = useWithdrawal(setWithdrawing)
  const columns: Column<Booked>[] = [
    { key: 'day', title: t('savings.day'), show: (row) => day(row.day), sortBy: (row) => row.day },
    { key: 'deployment', title: t('savings.deployment'), show: ({ deployment }) => deployment },
    {
      key: 'hours',
      title: t('savings.upkeep.hours'),
      align: 'end',
      show: ({ hours }) => number(Number(hours), 2),
    },
    ...(booked.every(({ bookedBy }) => bookedBy === null) ? [] : whoBooked(t)),
    { key: 'withdraw', title: t('savings.upkeep.withdraw'), show: action },
  ]
  return (
    <>
      <DataTable
        caption={t('savings.upkeep.caption')}
        columns={columns}
        rows={booked}
        more={more}
        rowKey={({ id }) => String(id)}
        empty={<EmptyState title={t('savings.upkeep.empty')} hint={t('savings.upkeep.empty.hint')} />}
      />
      {withdrawing && <WithdrawDialog booked={withdrawing} onClose={() => setWithdrawing(undefined)} />}
    </>
  )
}

function useWithdrawal(withdraw: (booked: Booked) => void): Column<Booked>['show'] {
  const t = useTexts()
  const mayChange = useMay('administrator')
  return (row) => {
    if (row.withdrawn) return t('savings.upkeep.withdrawn')
    if (!mayChange) return null
    const word = t('savings.upkeep.withdraw')
    return (
      <Button
        size="compact-sm"
        variant="default"
        aria-label={`${word}: ${row.note ?? ''}`}
        onClick={() => withdraw(row)}
      >
        {word}
      </Button>
    )
  }
}

interface WithdrawDialogProps {
  readonly booked: Booked
  readonly onClose: () => void
}

function WithdrawDialog({ booked, onClose }: WithdrawDialogProps) {
  const t = useTexts()
  const { api } = useHospital()
  const change = useChange({ answer: Done, touches: [`${api}/upkeep`, '/api/programme/savings'] })
  return (
    <ConfirmDialog
      opened
      title={t('savings.upkeep.withdraw.title')}
      sentence={t('savings.upkeep.withdraw.sentence')}
      confirm={t('savings.upkeep.withdraw')}
      busy={change.isPending}
      error={change.error}
      onConfirm={() => change.mutate({ path: `${api}/upkeep/${booked.id}/withdraw` }, { onSuccess: onClose })}
      onClose={onClose}
    />
  )
}

interface BookingDialogProps {
  readonly deployments: readonly string[]
  readonly onClose: () => void
}

function BookingDialog({ deployments, onClose }: BookingDialogProps) {
  const t = useTexts()
  const { api } = useHospital()
  const [draft, setDraft] = useState({ deployment: deployments[0] ?? '', day: today(), hours: '', note: '' })
  const change = (changed: Partial<typeof draft>) => setDraft((before) => ({ ...before, ...changed }))
  return (
    <EntryDialog
      title={t('savings.upkeep.book')}
      answer={Made}
      method="POST"
      path={`${api}/upkeep`}
      body={{ ...draft, hours: Number(asDecimal(draft.hours)) }}
      touches={[`${api}/upkeep`, '/api/programme/savings']}
      ready={draft.deployment !== '' && draft.hours !== '' && draft.note.trim() !== ''}
      onClose={onClose}
    >
      <DeploymentField
        deployments={deployments}
        value={draft.deployment}
        onChange={(deployment) => change({ deployment })}
      />
      <DayField past label={t('savings.day')} value={draft.day} onChange={(day) => change({ day })} />
      <DecimalField
        label={t('savings.upkeep.hours')}
        value={draft.hours}
        onChange={(hours) => change({ hours })}
      />
      <WordsField
        required
        most={200}
        label={t('savings.upkeep.note')}
        value={draft.note}
        onChange={(note) => change({ note })}
      />
    </EntryDialog>
  )
}
