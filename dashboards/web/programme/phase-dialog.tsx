import { useState } from 'react'
import { Done } from '../../server/door/account-schemas.ts'
import { Phase, type PhaseName } from '../../server/programme/adoption-schemas.ts'
import { useTexts } from '../shared/use-texts.ts'
import type { MatrixBot } from './bot-title.ts'
import { EntryDialog } from './entry-dialog.tsx'
import { BotField, ChoiceField, DayField, PlaceField } from './entry-fields.tsx'
import { today } from './use-day.ts'
import { usePlaces } from './use-places.ts'

interface PhaseDialogProps {
  readonly bots: readonly MatrixBot[]
  readonly onClose: () => void
}

/** Asks since when which robot is in which phase where. */
export function PhaseDialog({ bots, onClose }: PhaseDialogProps) {
  const t = useTexts()
  const { own } = usePlaces()
  const [hospital, setHospital] = useState(own[0]?.id ?? '')
  const [bot, setBot] = useState(bots[0]?.name ?? '')
  const [phase, setPhase] = useState<PhaseName>('idea')
  const [since, setSince] = useState(today())
  return (
    <EntryDialog
      title={t('programme.adoption.record')}
      answer={Done}
      method="PUT"
      path={`/api/hospitals/${hospital}/adoption/${bot}/${since}`}
      body={{ phase }}
      touches={['/api/programme']}
      ready={since !== ''}
      onClose={onClose}
    >
      <PlaceField places={own} value={hospital} onChange={setHospital} />
      <BotField bots={bots} value={bot} onChange={setBot} />
      <ChoiceField
        label={t('programme.adoption.phase')}
        options={Phase.options}
        nameOf={(each) => t(`programme.phase.${each}`)}
        value={phase}
        onChange={setPhase}
      />
      <DayField past label={t('programme.adoption.since')} value={since} onChange={setSince} />
    </EntryDialog>
  )
}
