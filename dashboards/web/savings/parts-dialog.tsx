import { Anchor, Button, Text } from '@mantine/core'
import { useState } from 'react'
import type { z } from 'zod'
import type { DeploymentSavings, RobotSavings } from '../../server/savings/savings-schemas.ts'
import { DataTable, type Column } from '../shared/data-table.tsx'
import { Dialog } from '../shared/dialog.tsx'
import { useNumbers } from '../shared/use-numbers.ts'
import { useTexts } from '../shared/use-texts.ts'
import { ExplainedFigure } from './explained-figure.tsx'
import type { ChosenPeriod } from './period-choice.tsx'

type Row = z.output<typeof DeploymentSavings>

interface PartsProps {
  /** What the figures are of: a robot or an activity. */
  readonly of: string
  /** The deployments that they add up. */
  readonly deployments: readonly Row[]
  readonly period: ChosenPeriod
  /** How figures that are no sum are made of these, a sentence each. */
  readonly how?: readonly string[]
  /** How long items lay, of each of those deployments. */
  readonly times?: z.output<typeof RobotSavings>['leadTimeParts']
}

interface ToPartsProps extends PartsProps {
  /** A figure as it is shown, with what it is: it leads there itself. */
  readonly figure?: { readonly shown: string; readonly title: string }
}

/** Shows of which deployments figures are the sum; each of theirs leads to its own explanation. */
export function ToParts({ figure, ...props }: ToPartsProps) {
  const t = useTexts()
  const [opened, setOpened] = useState(false)
  const open = () => setOpened(true)
  return (
    <>
      {figure ? (
        <Anchor
          component="button"
          type="button"
          aria-label={t('savings.explain.link', { figure: `${figure.shown} ${figure.title}, ${props.of}` })}
          onClick={open}
        >
          {figure.shown}
        </Anchor>
      ) : (
        <Button
          size="compact-sm"
          variant="default"
          aria-label={`${t('savings.parts.open')}: ${props.of}`}
          onClick={open}
        >
          {t('savings.parts.open')}
        </Button>
      )}
      {opened && <PartsDialog {...props} onClose={() => setOpened(false)} />}
    </>
  )
}

interface PartsDialogProps extends PartsProps {
  readonly onClose: () => void
}

function PartsDialog({ of, deployments, period, how = [], times = [], onClose }: PartsDialogProps) {
  const t = useTexts()
  const title = t('savings.parts.title', { of })
  const figure = useFigureColumn(period)
  const columns = [
    { key: 'id', title: t('savings.deployment'), show: ({ id }: Row) => id },
    figure('done', t('savings.report.done'), ({ items }) => items.done),
    figure('parked', t('savings.report.parked'), ({ items }) => items.parked),
    figure('net-hours', t('savings.report.net'), ({ netHours }) => netHours),
    ...useTimeColumns(times),
  ]
  return (
    <Dialog onClose={onClose} title={title}>
      {[t('savings.parts.sum'), ...how].map((sentence) => (
        <Text key={sentence} size="sm">
          {sentence}
        </Text>
      ))}
      <DataTable caption={title} columns={columns} rows={deployments} rowKey={({ id }) => id} />
    </Dialog>
  )
}

/** Of how many items a lead time is, their seconds together, and how many were done within a day; none when not told. */
function useTimeColumns(times: NonNullable<PartsProps['times']>): Column<Row>[] {
  const t = useTexts()
  const { number } = useNumbers()
  if (times.length === 0) return []
  const column = (key: 'items' | 'seconds' | 'withinADay', title: string): Column<Row> => ({
    ...{ key, title, align: 'end' },
    show: ({ id }) => {
      const own = times.find(({ deployment }) => deployment === id)
      const value = own ? own[key] : 0
      return value === null ? t('savings.withheld') : number(value)
    },
  })
  return [
    column('items', t('savings.parts.timed')),
    column('seconds', t('savings.parts.seconds')),
    column('withinADay', t('savings.robots.withinaday')),
  ]
}

const useFigureColumn =
  (period: ChosenPeriod) =>
  (
    measure: 'done' | 'parked' | 'net-hours',
    title: string,
    valueOf: (row: Row) => number | null,
  ): Column<Row> => ({
    ...{ key: measure, title, align: 'end' },
    show: (row) => (
      <ExplainedFigure
        {...{ measure, hospital: row.hospital, deployment: row.id, period, value: valueOf(row) }}
        decimals={measure === 'net-hours' ? 2 : 0}
      />
    ),
  })
