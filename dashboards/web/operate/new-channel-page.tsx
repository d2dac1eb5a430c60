import { TextInput } from '@mantine/core'
import { useNavigate } from '@tanstack/react-router'
import { useState } from 'react'
import { Channels } from '../../server/operate/channel-schemas.ts'
import { Card } from '../shared/card.tsx'
import { PageFrame } from '../shared/page-frame.tsx'
import { useAsk } from '../shared/use-ask.ts'
import { useHospital } from '../shared/use-path.ts'
import { useTexts } from '../shared/use-texts.ts'
import { NEW_CHANNEL } from './channel-draft.ts'
import { ChannelForm } from './channel-form.tsx'

const ID = /^[a-z0-9-]{1,80}$/

/** A channel over which HL7 messages are going to come in. */
export default function NewChannelPage() {
  const t = useTexts()
  const navigate = useNavigate()
  const { api, pages } = useHospital()
  const [id, setId] = useState('')
  const there = useAsk(Channels, `${api}/channels`).data ?? []
  const [taken, setTaken] = useState(false)
  // Saved under a name that is there it would be that channel that changes. Looked at while typing: once saved it is there.
  const type = (typed: string) => {
    setId(typed)
    setTaken(there.some((channel) => channel.id === typed))
  }
  const wrong = taken
    ? t('operate.channel.name.taken')
    : id !== '' && !ID.test(id)
      ? t('operate.channel.name.wrong')
      : undefined
  return (
    <PageFrame title={t('operate.channel.new')} lead={t('operate.channel.new.lead')}>
      <Card title={t('operate.channel.settings')}>
        <TextInput
          required
          label={t('operate.channels.name')}
          description={t('operate.channel.name.hint')}
          value={id}
          error={wrong}
          onChange={(event) => type(event.currentTarget.value)}
        />
        {ID.test(id) && !taken && (
          <ChannelForm
            id={id}
            channel={NEW_CHANNEL}
            keyEnteredAt={null}
            onSaved={() => void navigate({ to: `${pages}/channels/${id}` })}
          />
        )}
      </Card>
    </PageFrame>
  )
}
