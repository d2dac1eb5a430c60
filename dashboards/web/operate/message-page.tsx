import { Button, Group, Text } from '@mantine/core'
import { useState } from 'react'
import type { z } from 'zod'
import { OneMessage, RevealedMessage } from '../../server/operate/message-schemas.ts'
import { Asked, Problem } from '../shared/asked.tsx'
import { Card } from '../shared/card.tsx'
import { Facts } from '../shared/facts.tsx'
import { LocalTime } from '../shared/local-time.tsx'
import { PageFrame } from '../shared/page-frame.tsx'
import { useAsk, useChange } from '../shared/use-ask.ts'
import { useHospital, usePathValue } from '../shared/use-path.ts'
import { useTexts } from '../shared/use-texts.ts'
import { HandleMessage, type Handling } from './handle-message.tsx'
import { MessageState } from './message-state.tsx'
import { useWaitingMessage } from './use-waiting-message.ts'
import { WhyWaits } from './why-waits.tsx'

type Opened = z.output<typeof OneMessage>

/** One HL7 message: how it stands, its masked content, and what can be done with it. */
export default function MessagePage() {
  const t = useTexts()
  const { api } = useHospital()
  const id = usePathValue('message')
  const message = useAsk(OneMessage, `${api}/messages/${id}`)
  useWaitingMessage(message.data)
  const [handling, setHandling] = useState<Handling | undefined>()
  return (
    <PageFrame
      title={t('operate.message.title')}
      actions={message.data && <Actions message={message.data} onChoose={setHandling} />}
    >
      <Asked of={message}>
        {(opened) => (
          <>
            <Card title={t('operate.message.facts')}>
              <MessageFacts message={opened} />
            </Card>
            <Content message={opened} />
          </>
        )}
      </Asked>
      {handling && <HandleMessage ids={[id]} handling={handling} onClose={() => setHandling(undefined)} />}
    </PageFrame>
  )
}

function Actions({
  message,
  onChoose,
}: {
  readonly message: Opened
  readonly onChoose: (handling: Handling) => void
}) {
  const t = useTexts()
  return (
    <>
      {message.state === 'aside' && (
        <Button variant="default" onClick={() => onChoose('skip')}>
          {t('operate.message.skip')}
        </Button>
      )}
      {message.state !== 'stored' && (
        <Button onClick={() => onChoose('replay')}>{t('operate.message.replay')}</Button>
      )}
    </>
  )
}

function MessageFacts({ message }: { readonly message: Opened }) {
  const t = useTexts()
  const { handledBy, turn } = message
  return (
    <Facts
      facts={[
        { title: t('operate.messages.state'), value: <MessageState state={message.state} /> },
        ...(message.reason === null && message.heldBehind === null
          ? []
          : [{ title: t('operate.messages.why'), value: <WhyWaits message={message} /> }]),
        { title: t('operate.messages.received'), value: <LocalTime at={message.receivedAt} shape="full" /> },
        { title: t('operate.messages.type'), value: message.type },
        { title: t('operate.messages.control'), value: message.controlId },
        { title: t('operate.messages.channel'), value: message.channel },
        { title: t('operate.messages.sender'), value: message.sender },
        ...(message.answer === null ? [] : [{ title: t('operate.message.answer'), value: message.answer }]),
        ...(message.runs.length === 0
          ? []
          : [{ title: t('operate.message.runs'), value: message.runs.length }]),
        ...Object.entries(message.readBy).map(([robot, version]) => ({
          title: t('operate.message.readby'),
          value: `${robot} ${version || t('operate.message.readby.unknown')}`,
        })),
        ...(turn === 0
          ? []
          : [{ title: t('operate.message.turn'), value: t('operate.message.turn.times', { count: turn }) }]),
        ...(handledBy === null ? [] : [{ title: t('operate.message.by'), value: handledBy }]),
      ]}
    />
  )
}

function Content({ message }: { readonly message: Opened }) {
  const t = useTexts()
  const { api } = useHospital()
  const reveal = useChange({ answer: RevealedMessage })
  const shown = reveal.data?.segments ?? message.segments
  return (
    <Card
      title={t('operate.message.content')}
      actions={
        !reveal.data && (
          <Button
            variant="default"
            loading={reveal.isPending}
            onClick={() => reveal.mutate({ path: `${api}/messages/${message.id}/reveal` })}
          >
            {t('operate.message.reveal')}
          </Button>
        )
      }
    >
      <Group>
        <Text c="dimmed" size="sm" role="status">
          {reveal.data ? t('operate.message.revealed') : t('operate.message.masked')}
        </Text>
      </Group>
      {reveal.error && <Problem error={reveal.error} />}
      <ol className="segments">
        {shown.map((segment, index) => (
          <li key={`${index}-${segment}`}>{segment}</li>
        ))}
      </ol>
    </Card>
  )
}
