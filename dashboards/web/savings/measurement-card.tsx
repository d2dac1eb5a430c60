import { Button, Group, Text } from '@mantine/core'
import { useState } from 'react'
import type { z } from 'zod'
import { Done } from '../../server/door/account-schemas.ts'
import { Sampling, type Measurements } from '../../server/savings/measure-schemas.ts'
import { EntryDialog } from '../programme/entry-dialog.tsx'
import { DayField } from '../programme/entry-fields.tsx'
import { today } from '../programme/use-day.ts'
import { Card } from '../shared/card.tsx'
import { ConfirmDialog } from '../shared/confirm-dialog.tsx'
import { useChange } from '../shared/use-ask.ts'
import { useNumbers } from '../shared/use-numbers.ts'
import { useHospital } from '../shared/use-path.ts'
import { useTexts } from '../shared/use-texts.ts'
import type { VariantName } from './use-variant-name.ts'
import { BaselineChoices, NOT_CHOSEN } from './baseline-choices.tsx'
import { CaseClock } from './case-clock.tsx'
import { CaseTable } from './case-table.tsx'
import { headingsOf } from './headings-of.ts'
import { ShadowItems } from './shadow-items.tsx'
import type { CaseTimer } from './use-case-timer.ts'

type Measurement = z.output<typeof Measurements>[number]
type TimedCase = Measurement['cases'][number]

interface MeasurementCardsProps {
  readonly measurements: readonly Measurement[]
  readonly variantName: VariantName
  readonly timer: CaseTimer
}

/** Those that are open and those that are closed; several may be of the same work. */
export function MeasurementCards({ measurements, variantName, timer }: MeasurementCardsProps) {
  const t = useTexts()
  const headings = headingsOf(measurements, ({ deployment, variant, method, closedAt }) => {
    const what = t(closedAt === null ? 'savings.stopwatch.open' : 'savings.stopwatch.history')
    return `${what}: ${deployment}, ${variantName(deployment, variant)} (${t(`savings.method.${method}`)})`
  })
  return measurements.map((each, place) => (
    <MeasurementCard key={each.id} heading={headings[place] ?? ''} measurement={each} timer={timer} />
  ))
}

interface MeasurementCardProps {
  readonly heading: string
  readonly measurement: Measurement
  readonly timer: CaseTimer
}

/** One measurement: timing a case, the cases so far, and making the baseline of them. */
function MeasurementCard({ heading, measurement, timer }: MeasurementCardProps) {
  const t = useTexts()
  const { id, deployment, method, closedAt, instruction, cases } = measurement
  const open = closedAt === null
  return (
    <Card title={heading}>
      {instruction !== '' && <Text>{instruction}</Text>}
      {open && method === 'stopwatch' && <CaseClock measurement={id} timer={timer} />}
      {open && method === 'shadow' && <ShadowItems measurement={id} deployment={deployment} timer={timer} />}
      <SoFar cases={cases} />
      <CaseTable
        measurement={id}
        cases={cases}
        open={open}
        caption={t('savings.stopwatch.caption')}
        empty={t('savings.stopwatch.empty')}
      />
      {open && <Ending measurement={measurement} />}
    </Card>
  )
}

/** Who asked for the measurement ends it: with a baseline of its cases, or without. */
function Ending({ measurement: { id, cases, running } }: { readonly measurement: Measurement }) {
  const t = useTexts()
  const [ending, setEnding] = useState<'baseline' | 'without'>()
  const done = () => setEnding(undefined)
  return (
    <>
      {running > 0 && <Text size="sm">{t('savings.stopwatch.now', { count: running })}</Text>}
      <Group>
        <Button variant="default" disabled={cases.length === 0} onClick={() => setEnding('baseline')}>
          {t('savings.stopwatch.close')}
        </Button>
        <Button variant="subtle" onClick={() => setEnding('without')}>
          {t('savings.stopwatch.end')}
        </Button>
      </Group>
      {ending === 'baseline' && <CloseDialog measurement={id} onClose={done} />}
      {ending === 'without' && <EndDialog measurement={id} onClose={done} />}
    </>
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

interface CloseDialogProps {
  readonly measurement: string
  readonly onClose: () => void
}

function CloseDialog({ measurement, onClose }: CloseDialogProps) {
  const t = useTexts()
  const { api } = useHospital()
  const day = today()
  const [validFrom, setValidFrom] = useState(day)
  const [choices, setChoices] = useState(NOT_CHOSEN)
  const [remeasureOn, setRemeasureOn] = useState(
    `${Number(day.slice(0, 4)) + 1}${day.slice(4).replace('-02-29', '-02-28')}`,
  )
  return (
    <EntryDialog
      title={t('savings.stopwatch.close')}
      answer={Sampling}
      method="POST"
      path={`${api}/measurements/${measurement}/close`}
      body={{ validFrom, remeasureOn, ...choices }}
      touches={[`${api}/measurements`, `${api}/timing`, `${api}/baselines`, '/api/programme/savings']}
      ready={validFrom !== '' && remeasureOn !== ''}
      confirm={t('savings.stopwatch.close')}
      onClose={onClose}
    >
      <DayField label={t('savings.baselines.validfrom')} value={validFrom} onChange={setValidFrom} />
      <DayField label={t('savings.baselines.remeasure')} value={remeasureOn} onChange={setRemeasureOn} />
      <BaselineChoices choices={choices} onChange={setChoices} />
    </EntryDialog>
  )
}

function EndDialog({ measurement, onClose }: CloseDialogProps) {
  const t = useTexts()
  const { api } = useHospital()
  const { mutate, isPending, error } = useChange({
    answer: Done,
    touches: [`${api}/measurements`, `${api}/timing`],
  })
  return (
    <ConfirmDialog
      opened
      title={t('savings.stopwatch.end')}
      sentence={t('savings.stopwatch.end.why')}
      confirm={t('savings.stopwatch.end')}
      busy={isPending}
      error={error}
      onConfirm={() => mutate({ path: `${api}/measurements/${measurement}/end` }, { onSuccess: onClose })}
      onClose={onClose}
    />
  )
}
