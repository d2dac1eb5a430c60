import { Anchor, Text } from '@mantine/core'
import { useState } from 'react'
import type { z } from 'zod'
import type { Trend } from '../../server/savings/savings-schemas.ts'
import { nameOf, usePlaces } from '../programme/use-places.ts'
import { DataTable, type Column } from '../shared/data-table.tsx'
import { Dialog } from '../shared/dialog.tsx'
import { useNumbers } from '../shared/use-numbers.ts'
import { useTexts } from '../shared/use-texts.ts'
import { ExplainedFigure } from './explained-figure.tsx'
import type { ChosenPeriod } from './period-choice.tsx'

type Month = z.output<typeof Trend>[number]
type Row = Month['deployments'][number]

interface MonthPartsProps {
  readonly month: ChosenPeriod
  /** The robot or activity, and the month, in words. */
  readonly of: string
  /** Of which the figure is the sum. */
  readonly rows: readonly Row[]
  /** The figure as it is shown. */
  readonly shown: string
}

/** The net hours of a robot or activity in a month: to the explanation of its one deployment, or to all that it adds up. */
export function MonthParts(props: MonthPartsProps) {
  const t = useTexts()
  const [opened, setOpened] = useState(false)
  const { month, rows, shown } = props
  const [first, ...others] = rows
  if (!first) return shown
  if (first.id !== null && others.length === 0)
    return <DeploymentFigure row={first} month={month} decimals={1} />
  return (
    <>
      <Anchor
        component="button"
        type="button"
        aria-label={t('savings.explain.link', { figure: `${shown} ${t('savings.measure.net-hours')}` })}
        onClick={() => setOpened(true)}
      >
        {shown}
      </Anchor>
      {opened && <PartsDialog {...props} onClose={() => setOpened(false)} />}
    </>
  )
}

interface PartsDialogProps extends MonthPartsProps {
  readonly onClose: () => void
}

function PartsDialog({ of, rows, month, onClose }: PartsDialogProps) {
  const t = useTexts()
  const { number } = useNumbers()
  const { all } = usePlaces()
  const title = t('savings.parts.title', { of })
  const columns: Column<Row>[] = [
    { key: 'id', title: t('savings.deployment'), show: ({ id }) => id ?? t('savings.trend.together') },
    { key: 'hospital', title: t('savings.hospital'), show: ({ hospital }) => nameOf(all, hospital) },
    {
      ...{ key: 'net', title: t('savings.report.net'), align: 'end' },
      show: (row) =>
        row.id === null ? number(row.netHours, 2) : <DeploymentFigure row={row} month={month} decimals={2} />,
    },
  ]
  return (
    <Dialog onClose={onClose} title={title}>
      <Text size="sm">{t('savings.trend.parts')}</Text>
      {rows.some(({ id }) => id === null) && <Text size="sm">{t('savings.trend.parts.together')}</Text>}
      <DataTable
        caption={title}
        columns={columns}
        rows={rows}
        rowKey={({ hospital, id }) => `${hospital} ${id ?? ''}`}
      />
    </Dialog>
  )
}

interface DeploymentFigureProps {
  readonly row: Row
  readonly month: ChosenPeriod
  readonly decimals: number
}

function DeploymentFigure({ row: { hospital, id, netHours }, month, decimals }: DeploymentFigureProps) {
  const of = id === null ? {} : { deployment: id }
  return (
    <ExplainedFigure {...{ hospital, ...of, decimals }} measure="net-hours" period={month} value={netHours} />
  )
}
