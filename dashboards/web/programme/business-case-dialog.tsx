import { useState } from 'react'
import { Made } from '../../server/savings/measure-schemas.ts'
import { useTexts } from '../shared/use-texts.ts'
import type { MatrixBot } from './bot-title.ts'
import { EntryDialog } from './entry-dialog.tsx'
import { asDecimal, BotField, DecimalField, PlaceField, WordsField } from './entry-fields.tsx'
import { usePlaces } from './use-places.ts'

interface BusinessCaseDialogProps {
  readonly bots: readonly MatrixBot[]
  readonly onClose: () => void
}

/** Takes down what a robot is expected to do at a hospital in a year; the newest one counts. */
export function BusinessCaseDialog({ bots, onClose }: BusinessCaseDialogProps) {
  const t = useTexts()
  const { own } = usePlaces()
  const [hospital, setHospital] = useState(own[0]?.id ?? '')
  const [bot, setBot] = useState(bots[0]?.name ?? '')
  const [items, setItems] = useState('')
  const [minutes, setMinutes] = useState('')
  const [source, setSource] = useState('')
  const measured = minutes.trim() === '' ? {} : { minutes: Number(asDecimal(minutes)) }
  return (
    <EntryDialog
      title={t('programme.next.enter')}
      answer={Made}
      method="POST"
      path={`/api/hospitals/${hospital}/business-cases`}
      body={{ bot, itemsPerYear: Number(asDecimal(items)), source, ...measured }}
      touches={['/api/programme/potential']}
      ready={items.trim() !== '' && source.trim() !== ''}
      onClose={onClose}
    >
      <PlaceField places={own} value={hospital} onChange={setHospital} />
      <BotField bots={bots} value={bot} onChange={setBot} />
      <DecimalField label={t('programme.next.items')} value={items} onChange={setItems} />
      <WordsField
        most={12}
        label={t('programme.next.minutes')}
        description={t('programme.next.minutes.hint')}
        value={minutes}
        onChange={setMinutes}
      />
      <WordsField
        required
        most={200}
        label={t('programme.next.source')}
        value={source}
        onChange={setSource}
      />
    </EntryDialog>
  )
}
