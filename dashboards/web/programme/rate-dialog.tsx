import { useState } from 'react'
import { Done } from '../../server/door/account-schemas.ts'
import { useTexts } from '../shared/use-texts.ts'
import { EntryDialog } from './entry-dialog.tsx'
import { asDecimal, ChoiceField, DayField, DecimalField, WordsField } from './entry-fields.tsx'
import { today } from './use-day.ts'

interface RateDialogProps {
  readonly hospital: string
  readonly deployments: readonly string[]
  readonly onClose: () => void
}

/** Enters what an hour of the work is worth that a deployment takes over. */
export function RateDialog({ hospital, deployments, onClose }: RateDialogProps) {
  const t = useTexts()
  const [deployment, setDeployment] = useState(deployments[0] ?? '')
  const [validFrom, setValidFrom] = useState(`${today().slice(0, 4)}-01-01`)
  const [functionGroup, setFunctionGroup] = useState('')
  const [euros, setEuros] = useState('')
  const base = `/api/hospitals/${hospital}`
  const choice = { label: t('programme.value.deployment'), options: deployments, nameOf: (id: string) => id }
  const amount = { label: t('programme.value.rate'), description: t('programme.value.euros.hint') }
  return (
    <EntryDialog
      title={t('programme.value.addrate')}
      answer={Done}
      method="PUT"
      path={`${base}/rates`}
      body={{ deployment, validFrom, functionGroup, euros: asDecimal(euros) }}
      touches={[`${base}/costs`, '/api/programme/value']}
      ready={euros !== '' && functionGroup.trim() !== ''}
      onClose={onClose}
    >
      <ChoiceField {...choice} value={deployment} onChange={setDeployment} />
      <DayField label={t('programme.value.validfrom')} value={validFrom} onChange={setValidFrom} />
      <WordsField
        label={t('programme.value.group')}
        required
        most={60}
        value={functionGroup}
        onChange={setFunctionGroup}
      />
      <DecimalField {...amount} value={euros} onChange={setEuros} />
    </EntryDialog>
  )
}
