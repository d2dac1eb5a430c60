import { Checkbox } from '@mantine/core'
import { useState } from 'react'
import { Made } from '../../server/savings/measure-schemas.ts'
import { EntryDialog } from '../programme/entry-dialog.tsx'
import { asDecimal, ChoiceField, DayField, DecimalField, WordsField } from '../programme/entry-fields.tsx'
import { today } from '../programme/use-day.ts'
import { useHospital } from '../shared/use-path.ts'
import { useTexts } from '../shared/use-texts.ts'
import { firstOf, VariantFields, type MeasuredDeployment } from './deployment-fields.tsx'

const METHODS = ['estimate', 'log', 'stopwatch'] as const

interface Draft {
  readonly deployment: string
  readonly variant: string
  readonly method: (typeof METHODS)[number]
  readonly minutes: string
  readonly n: string
  readonly spreadMinutes: string
  readonly measuredBy: string
  readonly measuredOn: string
  readonly validFrom: string
  readonly remeasureOn: string
  readonly leavingGap: boolean
}

interface BaselineDialogProps {
  readonly deployments: readonly MeasuredDeployment[]
  readonly onClose: () => void
}

/** Adds a baseline that was measured elsewhere, or estimated; the stopwatch has a page of its own. */
export function BaselineDialog({ deployments, onClose }: BaselineDialogProps) {
  const t = useTexts()
  const { api } = useHospital()
  const nextYear = `${Number(today().slice(0, 4)) + 1}${today().slice(4).replace('-02-29', '-02-28')}`
  const [draft, setDraft] = useState<Draft>({
    ...{ ...firstOf(deployments), method: 'estimate', minutes: '', n: '', spreadMinutes: '', measuredBy: '' },
    ...{ measuredOn: today(), validFrom: today(), remeasureOn: nextYear, leavingGap: false },
  })
  const change = (changed: Partial<Draft>) => setDraft((before) => ({ ...before, ...changed }))
  const { minutes, n, spreadMinutes, ...rest } = draft
  const sampled = draft.method !== 'estimate'
  const body = {
    ...{ ...rest, minutes: Number(asDecimal(minutes)) },
    ...(sampled && n !== '' && { n: Number(n) }),
    ...(sampled && spreadMinutes !== '' && { spreadMinutes: Number(asDecimal(spreadMinutes)) }),
  }
  return (
    <EntryDialog
      title={t('savings.baselines.add')}
      answer={Made}
      method="POST"
      path={`${api}/baselines`}
      body={body}
      touches={[`${api}/baselines`]}
      ready={draft.variant !== '' && minutes !== '' && draft.measuredBy.trim() !== ''}
      onClose={onClose}
    >
      <VariantFields
        deployments={deployments}
        deployment={draft.deployment}
        variant={draft.variant}
        onChange={change}
      />
      <MeasuredFields draft={draft} onChange={change} />
    </EntryDialog>
  )
}

interface MeasuredFieldsProps {
  readonly draft: Draft
  readonly onChange: (changed: Partial<Draft>) => void
}

function MeasuredFields({ draft, onChange }: MeasuredFieldsProps) {
  const t = useTexts()
  const words = (key: 'minutes' | 'n' | 'spreadMinutes') => ({
    value: draft[key],
    onChange: (value: string) => onChange({ [key]: value }),
  })
  return (
    <>
      <ChoiceField
        label={t('savings.baselines.method')}
        options={METHODS}
        nameOf={(method) => t(`savings.method.${method}`)}
        value={draft.method}
        onChange={(method) => onChange({ method })}
      />
      <DecimalField label={t('savings.minutes')} {...words('minutes')} />
      {draft.method !== 'estimate' && (
        <>
          <DecimalField label={t('savings.baselines.cases')} {...words('n')} />
          <DecimalField label={t('savings.baselines.spread')} {...words('spreadMinutes')} />
        </>
      )}
      <DatedFields draft={draft} onChange={onChange} />
    </>
  )
}

function DatedFields({ draft, onChange }: MeasuredFieldsProps) {
  const t = useTexts()
  const day = (key: 'measuredOn' | 'validFrom' | 'remeasureOn') => ({
    value: draft[key],
    onChange: (value: string) => onChange({ [key]: value }),
  })
  return (
    <>
      <WordsField
        required
        most={80}
        label={t('savings.baselines.by')}
        value={draft.measuredBy}
        onChange={(measuredBy) => onChange({ measuredBy })}
      />
      <DayField past label={t('savings.baselines.measuredon')} {...day('measuredOn')} />
      <DayField label={t('savings.baselines.validfrom')} {...day('validFrom')} />
      <DayField label={t('savings.baselines.remeasure')} {...day('remeasureOn')} />
      <Checkbox
        label={t('savings.baselines.gap')}
        checked={draft.leavingGap}
        onChange={(event) => onChange({ leavingGap: event.currentTarget.checked })}
      />
    </>
  )
}
