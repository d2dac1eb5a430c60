import { Textarea } from '@mantine/core'
import { useState } from 'react'
import { Done } from '../../server/door/account-schemas.ts'
import { AdoptionMatrix } from '../../server/programme/adoption-schemas.ts'
import { Asked } from '../shared/asked.tsx'
import { useAsk } from '../shared/use-ask.ts'
import { useTexts } from '../shared/use-texts.ts'
import { useBotTitle, type MatrixBot } from './bot-title.ts'
import { EntryDialog } from './entry-dialog.tsx'
import { ChoiceField } from './entry-fields.tsx'
import type { Idea } from './ideas-page.tsx'

const STATES = ['open', 'chosen', 'declined'] as const

interface DecideDialogProps {
  readonly idea: Idea
  readonly onClose: () => void
}

/** Decides about an idea, and tells those who had it and voted for it what comes of it. */
export function DecideDialog({ idea, onClose }: DecideDialogProps) {
  const t = useTexts()
  const matrix = useAsk(AdoptionMatrix, '/api/programme/adoption')
  const [state, setState] = useState(idea.state)
  const [chosen, setBot] = useState(idea.bot ?? '')
  const [reply, setReply] = useState(idea.reply)
  const bot = state === 'chosen' && chosen !== '' ? chosen : null
  return (
    <EntryDialog
      title={t('programme.ideas.decide.of', { title: idea.title })}
      answer={Done}
      method="PUT"
      path={`/api/hospitals/${idea.hospital}/ideas/${idea.id}/decision`}
      body={{ state, bot, reply }}
      touches={['/api/programme/ideas']}
      ready={matrix.data !== undefined}
      onClose={onClose}
    >
      <ChoiceField
        label={t('programme.ideas.state')}
        options={STATES}
        nameOf={(each) => t(`programme.ideas.state.${each}`)}
        value={state}
        onChange={setState}
      />
      {state === 'chosen' && (
        <Asked of={matrix}>{({ bots }) => <BotChoice bots={bots} value={chosen} onChange={setBot} />}</Asked>
      )}
      <Textarea
        label={t('programme.ideas.reply')}
        description={t('programme.ideas.reply.hint')}
        autosize
        minRows={2}
        maxLength={500}
        value={reply}
        onChange={(event) => setReply(event.currentTarget.value)}
      />
    </EntryDialog>
  )
}

interface BotChoiceProps {
  readonly bots: readonly MatrixBot[]
  /** Empty while there is none. */
  readonly value: string
  readonly onChange: (bot: string) => void
}

function BotChoice({ bots, value, onChange }: BotChoiceProps) {
  const t = useTexts()
  const botTitle = useBotTitle()
  const nameOf = (name: string) =>
    name === ''
      ? t('programme.ideas.nobot')
      : botTitle(bots.find((bot) => bot.name === name) ?? { name, title: null })
  const names = [...new Set(['', ...bots.map(({ name }) => name), value])]
  return (
    <ChoiceField
      label={t('programme.bot')}
      options={names}
      nameOf={nameOf}
      value={value}
      onChange={onChange}
    />
  )
}
