import { asDecimal, ChoiceField, DayField, DecimalField, WordsField } from '../programme/entry-fields.tsx'
import { today } from '../programme/use-day.ts'
import { useTexts } from '../shared/use-texts.ts'

const METHODS = ['estimate', 'log', 'stopwatch'] as const

/** How long an item takes by hand, as it is being typed. */
export interface MeasuredDraft {
  readonly method: (typeof METHODS)[number]
  readonly minutes: string
  readonly n: string
  readonly spreadMinutes: string
  readonly measuredBy: string
  readonly measuredOn: string
  readonly validFrom: string
  readonly remeasureOn: string
}

/** An estimate of today, to be measured again in a year. */
export function newMeasured(): MeasuredDraft {
  const nextYear = `${Number(today().slice(0, 4)) + 1}${today().slice(4).replace('-02-29', '-02-28')}`
  return {
    ...{ method: 'estimate', minutes: '', n: '', spreadMinutes: '', measuredBy: '' },
    ...{ measuredOn: today(), validFrom: today(), remeasureOn: nextYear },
  }
}

/** What is sent of it; an estimate has no sample. */
export function measuredBody<Draft extends MeasuredDraft>({ minutes, n, spreadMinutes, ...rest }: Draft) {
  const sampled = rest.method !== 'estimate'
  return {
    ...{ ...rest, minutes: Number(asDecimal(minutes)) },
    ...(sampled && n !== '' && { n: Number(n) }),
    ...(sampled && spreadMinutes !== '' && { spreadMinutes: Number(asDecimal(spreadMinutes)) }),
  }
}

/** Whether nothing is missing in it. */
export const isMeasured = ({ method, minutes, n, spreadMinutes, measuredBy }: MeasuredDraft): boolean => {
  // Of one case there is no spread; of more the mean has no interval without it.
  const sampled = method === 'estimate' || (n !== '' && (spreadMinutes !== '' || Number(n) === 1))
  return minutes !== '' && sampled && measuredBy.trim() !== ''
}

interface MeasuredFieldsProps {
  readonly draft: MeasuredDraft
  readonly onChange: (changed: Partial<MeasuredDraft>) => void
}

/** The fields of a baseline that was measured elsewhere, or estimated. */
export function MeasuredFields({ draft, onChange }: MeasuredFieldsProps) {
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
    </>
  )
}
