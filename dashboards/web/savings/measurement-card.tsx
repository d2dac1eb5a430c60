import { Button, Group, Text } from '@mantine/core'
import { useState } from 'react'
import type { z } from 'zod'
import { Done } from '../../server/door/account-schemas.ts'
import { Sampling, type Measurements } from '../../server/savings/measure-schemas.ts'
import { EntryDialog } from '../programme/entry-dialog.tsx'
import { DayField } from '../programme/entry-fields.tsx'
import { today } from '../programme/use-day.ts'
import { Card } from '../shared/card.tsx'
import { DataTable, type Column } from '../shared/data-table.tsx'
import { EmptyState } from '../shared/empty-state.tsx'
import { useChange } from '../shared/use-ask.ts'
import { useNumbers } from '../shared/use-numbers.ts'
import { useHospital } from '../shared/use-path.ts'
import { useTexts } from '../shared/use-texts.ts'
import type { VariantName } from './use-variant-name.ts'
import { CaseClock, clockText } from './case-clock.tsx'
import { ShadowItems } from './shadow-items.tsx'

type Measurement = z.output<typeof Measurements>[number]
type TimedCase = Measurement['cases'][number]

interface MeasurementCardProps {
  readonly measurement: Measurement
  readonly variantName: VariantName
}

/** One measurement: timing a case, the cases so far, and making the baseline of them. */
export function MeasurementCard({ measurement, variantName }: MeasurementCardProps) {
  const t = useTexts()
  const [closing, setClosing] = useState(false)
  const { deployment, variant, method, closedAt, cases } = measurement
  const open = closedAt === null
  const title = t(open ? 'savings.stopwatch.open' : 'savings.stopwatch.history')
  return (
    <Card
      title={`${title}: ${deployment}, ${variantName(deployment, variant)} (${t(`savings.method.${method}`)})`}
    >
      {open && method === 'stopwatch' && <CaseClock measurement={measurement.id} />}
      {open && method === 'shadow' && <ShadowItems measurement={measurement.id} deployment={deployment} />}
      <SoFar cases={cases} />
      <CaseTable measurement={measurement} open={open} />
      {open && (
        <Group>
          <Button variant="default" disabled={cases.length === 0} onClick={() => setClosing(true)}>
            {t('savings.stopwatch.close')}
          </Button>
        </Group>
      )}
      {closing && <CloseDialog measurement={measurement.id} onClose={() => setClosing(false)} />}
    </Card>
  )
}

/** The sampling of the cases that count: the same arithmetic as the server's, which keeps what it made of them. */
function SoFar({ cases }: { readonly cases: readonly TimedCase[] }) {
  const t = useTexts()
  const { number } = useNumbers()
  const minutes = cases
    .filter(({ leftOut }) => leftOut === null)
    .map(({ milliseconds }) => milliseconds / 60_000)
  const n = minutes.length
  if (n === 0) return null
  const mean = minutes.reduce((sum, each) => sum + each, 0) / n
  const squares = minutes.reduce((sum, each) => sum + (each - mean) ** 2, 0)
  // One case has none, and is told without.
  const spread = number(n < 2 ? 0 : Math.sqrt(squares / (n - 1)), 2)
  return <Text>{t('savings.stopwatch.sofar', { count: n, mean: number(mean, 2), spread })}</Text>
}

interface CaseTableProps {
  readonly measurement: Measurement
  readonly open: boolean
}

function CaseTable({ measurement: { id, cases }, open }: CaseTableProps) {
  const t = useTexts()
  const action = useLeaveOut(id)
  const columns: Column<TimedCase>[] = [
    { key: 'number', title: t('savings.stopwatch.number'), show: ({ number }) => number },
    {
      key: 'time',
      title: t('savings.stopwatch.time'),
      align: 'end',
      show: (row) => clockText(row.milliseconds),
    },
    {
      key: 'counts',
      title: t('savings.stopwatch.counts'),
      show: ({ leftOut }) => leftOut ?? t('shared.yes'),
    },
  ]
  return (
    <DataTable
      caption={t('savings.stopwatch.caption')}
      columns={open ? [...columns, action] : columns}
      rows={cases}
      rowKey={({ number }) => String(number)}
      empty={<EmptyState title={t('savings.stopwatch.empty')} />}
    />
  )
}

/** Leaves a case out of what is measured, or puts it back. */
function useLeaveOut(measurement: string): Column<TimedCase> {
  const t = useTexts()
  const { api } = useHospital()
  const change = useChange({ answer: Done, method: 'PATCH', touches: [`${api}/measurements`] })
  const leave = ({ number, leftOut }: TimedCase) => {
    const reason = leftOut === null ? t('savings.stopwatch.interrupted') : ''
    change.mutate({ path: `${api}/measurements/${measurement}/cases/${number}`, body: { reason } })
  }
  return {
    ...{ key: 'leave', title: t('savings.stopwatch.leaveout') },
    show: (row) => {
      const word = t(row.leftOut === null ? 'savings.stopwatch.leaveout' : 'savings.stopwatch.putback')
      const label = `${word}: ${row.number}`
      return (
        <Button size="compact-sm" variant="default" aria-label={label} onClick={() => leave(row)}>
          {word}
        </Button>
      )
    },
  }
}

interface CloseDialogProps {
  readonly measurement: string
  readonly onClose: () => void
}

function CloseDialog({ measurement, onClose }: CloseDialogProps) {
  const t = useTexts()
  const { api } = useHospital()
  const day = today()
  const [validFrom, setValidFrom] = useState(day)
  const [remeasureOn, setRemeasureOn] = useState(
    `${Number(day.slice(0, 4)) + 1}${day.slice(4).replace('-02-29', '-02-28')}`,
  )
  return (
    <EntryDialog
      title={t('savings.stopwatch.close')}
      answer={Sampling}
      method="POST"
      path={`${api}/measurements/${measurement}/close`}
      body={{ validFrom, remeasureOn }}
      touches={[`${api}/measurements`, `${api}/baselines`, '/api/programme/savings']}
      ready={validFrom !== '' && remeasureOn !== ''}
      confirm={t('savings.stopwatch.close')}
      onClose={onClose}
    >
      <DayField label={t('savings.baselines.validfrom')} value={validFrom} onChange={setValidFrom} />
      <DayField label={t('savings.baselines.remeasure')} value={remeasureOn} onChange={setRemeasureOn} />
    </EntryDialog>
  )
}
