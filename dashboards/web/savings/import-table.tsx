import { Button, Text } from '@mantine/core'
import { useState } from 'react'
import type { z } from 'zod'
import { Withdrawn, type Imports } from '../../server/reported/reported-schemas.ts'
import { EntryDialog } from '../programme/entry-dialog.tsx'
import { WordsField } from '../programme/entry-fields.tsx'
import { useDay } from '../programme/use-day.ts'
import { DataTable, type Column } from '../shared/data-table.tsx'
import { EmptyState } from '../shared/empty-state.tsx'
import { LocalTime } from '../shared/local-time.tsx'
import type { AskedPages } from '../shared/use-ask-pages.ts'
import { useNumbers } from '../shared/use-numbers.ts'
import { useHospital } from '../shared/use-path.ts'
import { useTexts } from '../shared/use-texts.ts'
import { useMay } from './use-may.ts'

type Import = z.output<typeof Imports>['rows'][number]

interface ImportTableProps {
  readonly imports: readonly Import[]
  readonly more: AskedPages<Import>['more']
}

/** What was taken in, and what of it was withdrawn. */
export function ImportTable({ imports, more }: ImportTableProps) {
  const t = useTexts()
  const [withdrawing, setWithdrawing] = useState<Import>()
  return (
    <>
      <DataTable
        caption={t('savings.imports.caption')}
        columns={useColumns(setWithdrawing)}
        rows={imports}
        more={more}
        rowKey={({ id }) => String(id)}
        empty={<EmptyState title={t('savings.imports.empty')} />}
      />
      {withdrawing && <WithdrawDialog of={withdrawing} onClose={() => setWithdrawing(undefined)} />}
    </>
  )
}

function useColumns(withdraw: (of: Import) => void): Column<Import>[] {
  const t = useTexts()
  const day = useDay()
  const { number } = useNumbers()
  const daysOf = ({ deployments }: Import) => {
    const days = deployments.flatMap(({ from, to }) => [from, to]).toSorted()
    const [from = '', to = ''] = [days[0], days.at(-1)]
    return from === to ? day(from) : t('savings.realised.days', { from: day(from), to: day(to) })
  }
  const names = ({ deployments }: Import) => deployments.map(({ deployment }) => deployment).join(', ')
  return [
    { key: 'number', title: t('savings.imports.number'), align: 'end', show: ({ id }) => number(id) },
    {
      key: 'at',
      title: t('savings.imports.at'),
      show: ({ at }) => <LocalTime at={at} shape="full" />,
      sortBy: ({ at }) => at,
    },
    { key: 'deployment', title: t('savings.deployment'), show: names },
    { key: 'items', title: t('savings.items'), align: 'end', show: ({ items }) => number(items) },
    { key: 'days', title: t('savings.imports.days'), show: daysOf },
    { key: 'by', title: t('savings.imports.by'), show: ({ by }) => by },
    { key: 'withdraw', title: t('savings.imports.withdraw'), show: useWithdrawal(withdraw) },
  ]
}

/** Withdrawing one, for who may; or when, by whom and why it was withdrawn. */
function useWithdrawal(withdraw: (of: Import) => void): Column<Import>['show'] {
  const t = useTexts()
  const mayChange = useMay('administrator')
  return (row) => {
    if (row.withdrawn) {
      const { at, name, reason } = row.withdrawn
      return (
        <>
          <LocalTime at={at} shape="full" /> {t('savings.imports.withdrawn', { name, reason })}
        </>
      )
    }
    if (!mayChange) return null
    const word = t('savings.imports.withdraw')
    return (
      <Button
        size="compact-sm"
        variant="default"
        aria-label={`${word}: ${row.id}`}
        onClick={() => withdraw(row)}
      >
        {word}
      </Button>
    )
  }
}

interface WithdrawDialogProps {
  readonly of: Import
  readonly onClose: () => void
}

function WithdrawDialog({ of, onClose }: WithdrawDialogProps) {
  const t = useTexts()
  const { api } = useHospital()
  const [reason, setReason] = useState('')
  const [name, setName] = useState('')
  return (
    <EntryDialog
      title={t('savings.imports.withdraw.title', { number: of.id })}
      answer={Withdrawn}
      method="POST"
      path={`${api}/reported-items/imports/${of.id}/withdraw`}
      body={{ reason, name }}
      touches={[`${api}/reported-items`, `${api}/items`, `${api}/realised`, '/api/programme/savings']}
      ready={reason.trim() !== '' && name.trim() !== ''}
      confirm={t('savings.imports.withdraw')}
      onClose={onClose}
    >
      <Text size="sm">{t('savings.imports.withdraw.lead', { count: of.items })}</Text>
      <WordsField
        required
        most={200}
        label={t('savings.imports.withdraw.reason')}
        description={t('savings.imports.withdraw.hint')}
        value={reason}
        onChange={setReason}
      />
      <WordsField
        required
        most={80}
        label={t('savings.imports.withdraw.name')}
        value={name}
        onChange={setName}
      />
    </EntryDialog>
  )
}
