import { TextInput } from '@mantine/core'
import { useState } from 'react'
import { Done } from '../../server/door/account-schemas.ts'
import { useTexts } from '../shared/use-texts.ts'
import type { MatrixBot } from './bot-title.ts'
import { EntryDialog } from './entry-dialog.tsx'
import { BotField, PlaceField } from './entry-fields.tsx'
import { today } from './use-day.ts'
import { usePlaces } from './use-places.ts'

interface PlanDialogProps {
  readonly bots: readonly MatrixBot[]
  readonly onClose: () => void
}

/** The half year after this one: what one mostly plans for. */
function nextRound(): string {
  const [year = '', month = ''] = today().split('-')
  return month <= '06' ? `${year}-2` : `${Number(year) + 1}-1`
}

/** Plans a robot for a round at a hospital. */
export function PlanDialog({ bots, onClose }: PlanDialogProps) {
  const t = useTexts()
  const { own } = usePlaces()
  const [hospital, setHospital] = useState(own[0]?.id ?? '')
  const [bot, setBot] = useState(bots[0]?.name ?? '')
  const [round, setRound] = useState(nextRound())
  return (
    <EntryDialog
      title={t('programme.rounds.plan')}
      answer={Done}
      method="PUT"
      path={`/api/hospitals/${hospital}/rounds/${round}/${bot}`}
      body={{ planned: true }}
      touches={['/api/programme/rounds']}
      ready={/^\d{4}-[12]$/.test(round)}
      onClose={onClose}
    >
      <TextInput
        label={t('programme.rounds.round')}
        description={t('programme.rounds.round.hint')}
        value={round}
        onChange={(event) => setRound(event.currentTarget.value)}
      />
      <PlaceField places={own} value={hospital} onChange={setHospital} />
      <BotField bots={bots} value={bot} onChange={setBot} />
    </EntryDialog>
  )
}
