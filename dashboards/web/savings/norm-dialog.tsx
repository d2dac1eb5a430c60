import { useState } from 'react'
import { Done } from '../../server/door/account-schemas.ts'
import { EntryDialog } from '../programme/entry-dialog.tsx'
import { asDecimal, ChoiceField, DayField, DecimalField, WordsField } from '../programme/entry-fields.tsx'
import { today } from '../programme/use-day.ts'
import { useNumbers } from '../shared/use-numbers.ts'
import { useHospital } from '../shared/use-path.ts'
import { useInLanguage, useTexts } from '../shared/use-texts.ts'
import type { BaselinesFound } from './answers.ts'

type CommonNorm = BaselinesFound['commonNorms'][number]

interface NormDialogProps {
  readonly common: readonly CommonNorm[]
  readonly onClose: () => void
}

/** No common norm has this name. */
const OWN = ''

/** Gives the hospital one of the common norms, or one of its own with a name and hours. */
export function NormDialog({ common, onClose }: NormDialogProps) {
  const t = useTexts()
  const { api } = useHospital()
  const [chosen, setChosen] = useState(common[0]?.name ?? OWN)
  const [own, setOwn] = useState({ name: '', hours: '' })
  const [validFrom, setValidFrom] = useState(today())
  const known = common.find(({ name }) => name === chosen)
  const norm = known ?? { name: own.name.trim(), hoursPerYear: Number(asDecimal(own.hours)) }
  const complete = known !== undefined || (own.name.trim() !== '' && own.hours.trim() !== '')
  return (
    <EntryDialog
      title={t('savings.norms.add')}
      answer={Done}
      method="POST"
      path={`${api}/norms`}
      body={{ name: norm.name, hoursPerYear: norm.hoursPerYear, validFrom }}
      touches={[`${api}/baselines`, '/api/programme']}
      ready={complete && validFrom !== ''}
      onClose={onClose}
    >
      <ChosenNorm common={common} value={chosen} onChange={setChosen} />
      {known === undefined && <OwnNorm own={own} onChange={setOwn} />}
      <DayField label={t('savings.baselines.validfrom')} value={validFrom} onChange={setValidFrom} />
    </EntryDialog>
  )
}

interface OwnNormProps {
  readonly own: { readonly name: string; readonly hours: string }
  readonly onChange: (own: { readonly name: string; readonly hours: string }) => void
}

function OwnNorm({ own, onChange }: OwnNormProps) {
  const t = useTexts()
  return (
    <>
      <WordsField
        required
        most={60}
        label={t('savings.norms.own.name')}
        value={own.name}
        onChange={(name) => onChange({ ...own, name })}
      />
      <DecimalField
        label={t('savings.norms.hours')}
        value={own.hours}
        onChange={(hours) => onChange({ ...own, hours })}
      />
    </>
  )
}

interface ChosenNormProps {
  readonly common: readonly CommonNorm[]
  readonly value: string
  readonly onChange: (name: string) => void
}

function ChosenNorm({ common, ...field }: ChosenNormProps) {
  const t = useTexts()
  const inLanguage = useInLanguage()
  const { number } = useNumbers()
  const nameOf = (of: string) => {
    const norm = common.find(({ name }) => name === of)
    return norm ? `${number(norm.hoursPerYear)}: ${inLanguage(norm.source)}` : t('savings.norms.own')
  }
  return (
    <ChoiceField
      label={t('savings.norms.choose')}
      options={[...common.map(({ name }) => name), OWN]}
      nameOf={nameOf}
      {...field}
    />
  )
}
