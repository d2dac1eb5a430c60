import { Button, Group, Text } from '@mantine/core'
import { useNavigate, useSearch } from '@tanstack/react-router'
import { useState } from 'react'
import type { z } from 'zod'
import { Done } from '../../server/door/account-schemas.ts'
import { RealisedList } from '../../server/savings/realised-schemas.ts'
import { EntryDialog } from '../programme/entry-dialog.tsx'
import { WordsField } from '../programme/entry-fields.tsx'
import { useDay } from '../programme/use-day.ts'
import { Asked } from '../shared/asked.tsx'
import { Card } from '../shared/card.tsx'
import { DataTable, type Column } from '../shared/data-table.tsx'
import { EmptyState } from '../shared/empty-state.tsx'
import { LocalTime } from '../shared/local-time.tsx'
import { PageFrame } from '../shared/page-frame.tsx'
import { StateBadge } from '../shared/state-badge.tsx'
import { useAsk } from '../shared/use-ask.ts'
import { useNumbers } from '../shared/use-numbers.ts'
import { useHospital } from '../shared/use-path.ts'
import { useTexts } from '../shared/use-texts.ts'
import { OverSignedNote } from './over-signed-note.tsx'
import type { ChosenPeriod } from './period-choice.tsx'
import { SignDialog } from './sign-dialog.tsx'
import { useMay } from './use-may.ts'

type Realised = z.output<typeof RealisedList>[number]

/** What became of the hours, signed by heads of departments. */
export default function RealisedPage() {
  const t = useTexts()
  const { api } = useHospital()
  const maySign = useMay('administrator', 'programme')
  const realised = useAsk(RealisedList, `${api}/realised`)
  const [signing, setSigning] = useState(false)
  const actions = maySign && <Button onClick={() => setSigning(true)}>{t('savings.realised.sign')}</Button>
  return (
    <PageFrame title={t('savings.realised.title')} lead={t('savings.realised.lead')} actions={actions}>
      <Card>
        <Asked of={realised}>
          {(rows) => (
            <>
              <OverSignedNote over={rows.flatMap(({ now }) => now?.over ?? [])} />
              <SignedRows rows={rows} />
            </>
          )}
        </Asked>
        {signing && <SignDialog onClose={() => setSigning(false)} />}
      </Card>
    </PageFrame>
  )
}

/** All that was signed, or only what touches the days that the address asks for, as an alarm on Today does. */
function SignedRows({ rows }: { readonly rows: readonly Realised[] }) {
  const t = useTexts()
  const day = useDay()
  const [{ from, to }, forget] = useDaysByAddress()
  if (from === '' || to === '') return <RealisedTable rows={rows} />
  return (
    <>
      <Group gap="sm">
        <Text size="sm">{t('savings.realised.only', { from: day(from), to: day(to) })}</Text>
        <Button size="compact-sm" variant="default" onClick={forget}>
          {t('savings.realised.all')}
        </Button>
      </Group>
      <SumWithin rows={rows} from={from} to={to} />
      <RealisedTable rows={rows.filter((row) => row.from <= to && row.to >= from)} />
    </>
  )
}

interface SumWithinProps extends ChosenPeriod {
  readonly rows: readonly Realised[]
}

/** The signed hours that a report of these days tells: of what lies in them wholly and was not withdrawn. */
function SumWithin({ rows, from, to }: SumWithinProps) {
  const t = useTexts()
  const { number } = useNumbers()
  const own = rows.filter((row) => row.withdrawn === null && row.from >= from && row.to <= to)
  const cents = own.reduce((sum, { hours }) => sum + Math.round(Number(hours) * 100), 0)
  return (
    <Text fw={600} data-testid="figure">
      {t('savings.realised.within', { hours: number(cents / 100, 2) })}
    </Text>
  )
}

const DAY = /^\d{4}-\d{2}-\d{2}$/

/** The days in the address, `?from=2026-03-01&to=2026-03-31`, empty when there are none, and what takes them out of it. */
function useDaysByAddress(): readonly [{ readonly from: string; readonly to: string }, () => void] {
  const { from, to }: Readonly<Record<string, unknown>> = useSearch({ strict: false })
  const navigate = useNavigate()
  const read = (word: unknown) =>
    typeof word === 'string' && DAY.test(word) && !Number.isNaN(Date.parse(word)) ? word : ''
  const forget = () => void navigate({ to: '.', search: {}, replace: true })
  return [{ from: read(from), to: read(to) }, forget]
}

function RealisedTable({ rows }: { readonly rows: readonly Realised[] }) {
  const t = useTexts()
  const [withdrawing, setWithdrawing] = useState<Realised>()
  return (
    <>
      <DataTable
        caption={t('savings.realised.caption')}
        columns={useColumns(setWithdrawing)}
        rows={rows}
        rowKey={({ id }) => String(id)}
        empty={<EmptyState title={t('savings.realised.empty')} hint={t('savings.realised.empty.hint')} />}
      />
      {withdrawing && <WithdrawDialog realised={withdrawing} onClose={() => setWithdrawing(undefined)} />}
    </>
  )
}

function useColumns(withdraw: (realised: Realised) => void): Column<Realised>[] {
  const t = useTexts()
  const day = useDay()
  const { number } = useNumbers()
  const action = useWithdrawal(withdraw)
  const periodOf = ({ from, to }: Realised) => t('savings.realised.days', { from: day(from), to: day(to) })
  const signedOn = ({ signedAt }: Realised) => <LocalTime at={signedAt} shape="day" />
  return [
    { key: 'period', title: t('savings.realised.period'), show: periodOf, sortBy: ({ from }) => from },
    {
      key: 'hours',
      title: t('savings.upkeep.hours'),
      align: 'end',
      show: ({ hours }) => number(Number(hours), 2),
    },
    ...useNetColumns(),
    {
      key: 'purpose',
      title: t('savings.realised.purpose'),
      show: (row) => t(`savings.purpose.${row.purpose}`),
    },
    { key: 'department', title: t('savings.realised.department'), show: ({ department }) => department },
    { key: 'name', title: t('savings.realised.name'), show: ({ signedName }) => signedName },
    { key: 'signed', title: t('savings.realised.signed'), show: signedOn },
    { key: 'withdraw', title: t('savings.realised.withdraw'), show: action },
  ]
}

/** The net hours of its days when it was signed, and now. */
function useNetColumns(): Column<Realised>[] {
  const t = useTexts()
  const { number } = useNumbers()
  const end = { align: 'end' } as const
  const now = ({ now: found }: Realised) => (
    <>
      {found && number(found.netHours, 2)}
      {found?.over && <StateBadge tone="attention" text={t('savings.realised.over')} />}
    </>
  )
  const then = ({ netHours }: Realised) => number(Number(netHours), 2)
  return [
    { key: 'then', title: t('savings.realised.netthen'), show: then, ...end },
    { key: 'now', title: t('savings.realised.netnow'), show: now, ...end },
  ]
}

/** Withdrawing one, for who may; or why it was withdrawn. */
function useWithdrawal(withdraw: (realised: Realised) => void): Column<Realised>['show'] {
  const t = useTexts()
  const maySign = useMay('administrator', 'programme')
  return (row) => {
    if (row.withdrawn) return t('savings.realised.withdrawn', { reason: row.withdrawn.reason })
    if (!maySign) return null
    const word = t('savings.realised.withdraw')
    const label = `${word}: ${row.department}`
    return (
      <Button size="compact-sm" variant="default" aria-label={label} onClick={() => withdraw(row)}>
        {word}
      </Button>
    )
  }
}

interface WithdrawDialogProps {
  readonly realised: Realised
  readonly onClose: () => void
}

function WithdrawDialog({ realised, onClose }: WithdrawDialogProps) {
  const t = useTexts()
  const { api } = useHospital()
  const [reason, setReason] = useState('')
  return (
    <EntryDialog
      title={t('savings.realised.withdraw.title')}
      answer={Done}
      method="POST"
      path={`${api}/realised/${realised.id}/withdraw`}
      body={{ reason }}
      touches={[`${api}/realised`, '/api/programme/savings']}
      ready={reason.trim() !== ''}
      confirm={t('savings.realised.withdraw')}
      onClose={onClose}
    >
      <WordsField
        required
        most={200}
        label={t('savings.realised.withdraw.reason')}
        value={reason}
        onChange={setReason}
      />
    </EntryDialog>
  )
}
