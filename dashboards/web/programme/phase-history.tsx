import { Button } from '@mantine/core'
import { useState } from 'react'
import { Done } from '../../server/door/account-schemas.ts'
import { ConfirmDialog } from '../shared/confirm-dialog.tsx'
import { DataTable, type Column } from '../shared/data-table.tsx'
import { EmptyState } from '../shared/empty-state.tsx'
import { told } from '../shared/told.ts'
import { useChange } from '../shared/use-ask.ts'
import { useTexts } from '../shared/use-texts.ts'
import { useBotTitle, type Matrix, type MatrixCell } from './bot-title.ts'
import { PhaseBadge } from './phase-badge.tsx'
import { useDay } from './use-day.ts'
import { nameOf, usePlaces } from './use-places.ts'

type Recorded = MatrixCell['phases'][number] & { readonly hospital: string; readonly bot: string }

const keyOf = ({ hospital, bot, since }: Recorded) => `${hospital} ${bot} ${since}`

/** Every phase that was written down, newest first, with a way to take a mistake back. */
export function PhaseHistory({ matrix }: { readonly matrix: Matrix }) {
  const t = useTexts()
  const [taking, setTaking] = useState<Recorded>()
  const rows = matrix.adoption
    .flatMap(({ hospital, bot, phases }) => phases.map((phase) => ({ ...phase, hospital, bot })))
    .toSorted((a, b) => b.since.localeCompare(a.since))
  return (
    <>
      <DataTable
        caption={t('programme.adoption.history')}
        columns={useColumns(matrix, setTaking)}
        rows={rows}
        rowKey={keyOf}
        empty={<NoPhases />}
      />
      {taking && <TakeBack row={taking} onClose={() => setTaking(undefined)} />}
    </>
  )
}

function useColumns({ bots }: Matrix, take: (row: Recorded) => void): Column<Recorded>[] {
  const t = useTexts()
  const day = useDay()
  const { all, own } = usePlaces()
  const botTitle = useBotTitle()
  const titleOf = (name: string) => botTitle(bots.find((bot) => bot.name === name) ?? { name, title: null })
  return [
    {
      key: 'since',
      title: t('programme.adoption.since'),
      show: ({ since }) => day(since),
      sortBy: ({ since }) => since,
    },
    { key: 'hospital', title: t('programme.hospital'), show: ({ hospital }) => nameOf(all, hospital) },
    { key: 'bot', title: t('programme.bot'), show: ({ bot }) => titleOf(bot) },
    { key: 'phase', title: t('programme.adoption.phase'), show: ({ phase }) => <PhaseBadge phase={phase} /> },
    {
      key: 'remove',
      title: t('programme.remove'),
      show: (row) =>
        own.some(({ id }) => id === row.hospital) && (
          <Button size="compact-sm" variant="default" onClick={() => take(row)}>
            {t('programme.remove')}
          </Button>
        ),
    },
  ]
}

function NoPhases() {
  const t = useTexts()
  return (
    <EmptyState
      title={t('programme.adoption.history.none')}
      hint={t('programme.adoption.history.none.hint')}
    />
  )
}

function TakeBack({ row, onClose }: { readonly row: Recorded; readonly onClose: () => void }) {
  const t = useTexts()
  const change = useChange({ answer: Done, method: 'DELETE', touches: ['/api/programme'] })
  const path = `/api/hospitals/${row.hospital}/adoption/${row.bot}/${row.since}`
  const ended = () => {
    told(t('programme.removed'))
    onClose()
  }
  return (
    <ConfirmDialog
      opened
      title={t('programme.adoption.takeback')}
      sentence={t('programme.adoption.takeback.sentence')}
      confirm={t('programme.remove')}
      color="red"
      busy={change.isPending}
      error={change.error}
      onConfirm={() => change.mutate({ path }, { onSuccess: ended })}
      onClose={onClose}
    />
  )
}
