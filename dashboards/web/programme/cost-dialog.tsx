import { useState } from 'react'
import { CostMade } from '../../server/programme/value-schemas.ts'
import { useTexts } from '../shared/use-texts.ts'
import { EntryDialog } from './entry-dialog.tsx'
import { asDecimal, ChoiceField, DecimalField, WordsField } from './entry-fields.tsx'
import { today } from './use-day.ts'
import { YearChoice } from './year-choice.tsx'

const KINDS = ['licences', 'hours', 'hosting', 'other'] as const

interface CostDialogProps {
  readonly hospital: string
  readonly onClose: () => void
}

/** Enters a cost of a year. */
export function CostDialog({ hospital, onClose }: CostDialogProps) {
  const t = useTexts()
  const [year, setYear] = useState(Number(today().slice(0, 4)))
  const [kind, setKind] = useState<(typeof KINDS)[number]>('licences')
  const [euros, setEuros] = useState('')
  const [note, setNote] = useState('')
  const path = `/api/hospitals/${hospital}/costs`
  const amount = { label: t('programme.value.euros'), description: t('programme.value.euros.hint') }
  return (
    <EntryDialog
      title={t('programme.value.addcost')}
      answer={CostMade}
      method="POST"
      path={path}
      body={{ year, kind, note, bot: null, euros: asDecimal(euros) }}
      touches={[path, '/api/programme/value']}
      ready={euros !== ''}
      onClose={onClose}
    >
      <YearChoice value={year} onChange={setYear} />
      <ChoiceField
        label={t('programme.value.kind')}
        options={KINDS}
        nameOf={(each) => t(`programme.value.${each}`)}
        value={kind}
        onChange={setKind}
      />
      <DecimalField {...amount} value={euros} onChange={setEuros} />
      <WordsField label={t('programme.value.note')} most={200} value={note} onChange={setNote} />
    </EntryDialog>
  )
}
