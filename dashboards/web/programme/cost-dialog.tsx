import { useState } from 'react'
import { CostMade } from '../../server/programme/value-schemas.ts'
import { useTexts } from '../shared/use-texts.ts'
import { useBotTitle, type MatrixBot } from './bot-title.ts'
import { EntryDialog } from './entry-dialog.tsx'
import { asDecimal, ChoiceField, DecimalField, WordsField } from './entry-fields.tsx'
import { today } from './use-day.ts'
import { YearChoice } from './year-choice.tsx'

const KINDS = ['licences', 'hours', 'hosting', 'other'] as const

interface CostDialogProps {
  readonly hospital: string
  readonly bots: readonly MatrixBot[]
  readonly onClose: () => void
}

/** Enters a cost of a year, of one robot or of all of them. */
export function CostDialog({ hospital, bots, onClose }: CostDialogProps) {
  const t = useTexts()
  const [year, setYear] = useState(Number(today().slice(0, 4)))
  const [kind, setKind] = useState<(typeof KINDS)[number]>('licences')
  const [bot, setBot] = useState<string | null>(null)
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
      body={{ year, kind, note, bot, euros: asDecimal(euros) }}
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
        description={kind === 'hours' ? t('programme.value.hours.hint') : undefined}
      />
      <CostBot bots={bots} value={bot} onChange={setBot} />
      <DecimalField {...amount} value={euros} onChange={setEuros} />
      <WordsField label={t('programme.value.note')} most={200} value={note} onChange={setNote} />
    </EntryDialog>
  )
}

interface CostBotProps {
  readonly bots: readonly MatrixBot[]
  readonly value: string | null
  readonly onChange: (bot: string | null) => void
}

/** No robot has the empty name: that stands for all of them. */
const ALL = ''

function CostBot({ bots, value, onChange }: CostBotProps) {
  const t = useTexts()
  const botTitle = useBotTitle()
  const nameOf = (name: string) =>
    name === ALL
      ? t('programme.value.allbots')
      : botTitle(bots.find((bot) => bot.name === name) ?? { name, title: null })
  return (
    <ChoiceField
      label={t('programme.bot')}
      options={[ALL, ...bots.map(({ name }) => name)]}
      nameOf={nameOf}
      value={value ?? ALL}
      onChange={(chosen) => onChange(chosen === ALL ? null : chosen)}
    />
  )
}
