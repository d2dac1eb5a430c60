import { Button, Group, NativeSelect, TextInput } from '@mantine/core'
import { useState, type SubmitEvent } from 'react'
import { Channels } from '../../server/operate/channel-schemas.ts'
import { useAsk } from '../shared/use-ask.ts'
import { useHospital } from '../shared/use-path.ts'
import { useTexts } from '../shared/use-texts.ts'
import { MESSAGE_STATES } from './message-state.tsx'

/** What is typed to find messages by; a patient's number stays on the page and goes in the body only. */
export interface MessageWords {
  readonly type?: string
  readonly sender?: string
  /** Moments, by the clock of the reader when typed and of the world when asked. */
  readonly from?: string
  readonly to?: string
  readonly controlId?: string
  readonly patient?: string
}

interface MessageFilterProps {
  readonly channel: string
  readonly state: string
  readonly onChannel: (channel: string) => void
  readonly onState: (state: string) => void
  readonly onFind: (words: MessageWords) => void
}

/** Choosing asks at once; what is typed waits for the button, for each search for a patient is written down. */
export function MessageFilter({ channel, state, onChannel, onState, onFind }: MessageFilterProps) {
  const t = useTexts()
  const { api } = useHospital()
  const channels = useAsk(Channels, `${api}/channels`).data ?? []
  const any = { value: '', label: t('operate.messages.any') }
  const states = MESSAGE_STATES.map((value) => ({ value, label: t(`operate.message.state.${value}`) }))
  return (
    <Group gap="sm" align="end">
      <NativeSelect
        label={t('operate.messages.channel')}
        data={[any, ...channels.map(({ id }) => ({ value: id, label: id }))]}
        value={channel}
        onChange={(event) => onChannel(event.currentTarget.value)}
      />
      <NativeSelect
        label={t('operate.messages.state')}
        data={[any, ...states]}
        value={state}
        onChange={(event) => onState(event.currentTarget.value)}
      />
      <Typed onFind={onFind} />
    </Group>
  )
}

const NOTHING = { type: '', sender: '', controlId: '', patient: '', from: '', to: '' }

function Typed({ onFind }: Pick<MessageFilterProps, 'onFind'>) {
  const t = useTexts()
  const [typed, setTyped] = useState(NOTHING)
  const isTyped = Object.values(typed).some((word) => word !== '')
  const submit = (event: SubmitEvent) => {
    event.preventDefault()
    const words = { ...typed, from: momentOf(typed.from), to: momentOf(typed.to) }
    onFind(Object.fromEntries(Object.entries(words).filter(([, word]) => word.trim() !== '')))
  }
  const clear = () => {
    setTyped(NOTHING)
    onFind({})
  }
  const field = (name: keyof typeof NOTHING, label: string) => ({
    ...{ label, autoComplete: 'off', value: typed[name] },
    onChange: (event: { currentTarget: { value: string } }) => {
      const { value } = event.currentTarget
      setTyped((before) => ({ ...before, [name]: value }))
    },
  })
  return (
    <form onSubmit={submit} role="search">
      <Group gap="sm" align="end">
        <Fields field={field} />
        <Button type="submit" variant="default">
          {t('operate.messages.find')}
        </Button>
        {isTyped && (
          <Button variant="subtle" onClick={clear}>
            {t('operate.messages.clear')}
          </Button>
        )}
      </Group>
    </form>
  )
}

interface FieldsProps {
  readonly field: (
    name: keyof typeof NOTHING,
    label: string,
  ) => {
    readonly label: string
    readonly autoComplete: string
    readonly value: string
    readonly onChange: (event: { currentTarget: { value: string } }) => void
  }
}

function Fields({ field }: FieldsProps) {
  const t = useTexts()
  return (
    <>
      <TextInput
        placeholder={t('operate.messages.type.hint')}
        {...field('type', t('operate.messages.type'))}
      />
      <TextInput
        placeholder={t('operate.messages.sender.hint')}
        {...field('sender', t('operate.messages.sender'))}
      />
      <TextInput {...field('controlId', t('operate.messages.control'))} />
      <TextInput {...field('patient', t('operate.messages.patient'))} />
      <TextInput type="datetime-local" {...field('from', t('operate.messages.from'))} />
      <TextInput type="datetime-local" {...field('to', t('operate.messages.to'))} />
    </>
  )
}

const momentOf = (typed: string): string => (typed === '' ? '' : new Date(typed).toISOString())
