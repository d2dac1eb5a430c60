import { Button, Group, Text } from '@mantine/core'
import { useState } from 'react'
import { MessagePage } from '../../server/operate/message-schemas.ts'
import { Asked } from '../shared/asked.tsx'
import { Card } from '../shared/card.tsx'
import { PageFrame } from '../shared/page-frame.tsx'
import { useAskPages } from '../shared/use-ask-pages.ts'
import { useHospital } from '../shared/use-path.ts'
import { useSearchWord } from '../shared/use-search-word.ts'
import { useTexts } from '../shared/use-texts.ts'
import type { Message } from './answers.ts'
import { HandleMessage } from './handle-message.tsx'
import { MessageFilter, type MessageWords } from './message-filter.tsx'
import { MessageTable } from './message-table.tsx'

/** As many as the server takes in one question. */
const MOST_AT_ONCE = 200

/** HL7 messages, found by what is known of them; never their content. */
export default function MessagesPage() {
  const t = useTexts()
  const { api } = useHospital()
  const [channel, setChannel] = useSearchWord('channel')
  const [state, setState] = useSearchWord('state')
  const [chosen, setChosen] = useState<ReadonlySet<string>>(new Set())
  const [replaying, setReplaying] = useState(false)
  const [words, setWords] = useState<MessageWords>({})
  const body = { ...words, ...(channel && { channel }), ...(state && { state }) }
  const messages = useAskPages<Message>(MessagePage, `${api}/messages/search`, body)
  return (
    <PageFrame title={t('operate.messages.title')} lead={t('operate.messages.lead')}>
      <Card>
        <MessageFilter
          channel={channel}
          state={state}
          onChannel={setChannel}
          onState={setState}
          onFind={setWords}
        />
        <Asked of={messages}>
          {(rows) => (
            <>
              <Chosen ids={idsOf(rows, chosen)} onReplay={() => setReplaying(true)} />
              <MessageTable rows={rows} more={messages.more} chosen={chosen} onChoose={setChosen} />
              {replaying && (
                <HandleMessage
                  ids={idsOf(rows, chosen)}
                  handling="replay"
                  onClose={() => setReplaying(false)}
                />
              )}
            </>
          )}
        </Asked>
      </Card>
    </PageFrame>
  )
}

/** The ticked ones of those that are shown: what is not on the screen is not replayed. */
const idsOf = (rows: readonly Message[], chosen: ReadonlySet<string>): string[] =>
  rows.flatMap(({ id }) => (chosen.has(id) ? [id] : [])).slice(0, MOST_AT_ONCE)

interface ChosenProps {
  readonly ids: readonly string[]
  readonly onReplay: () => void
}

function Chosen({ ids, onReplay }: ChosenProps) {
  const t = useTexts()
  return (
    <Group gap="sm">
      <Text size="sm" role="status">
        {t('operate.messages.chosen', { count: ids.length })}
      </Text>
      <Button size="compact-sm" variant="default" disabled={ids.length === 0} onClick={onReplay}>
        {t('operate.messages.replay')}
      </Button>
    </Group>
  )
}
