import { Button, Group, NativeSelect, Stack, Switch, Text, Textarea, TextInput } from '@mantine/core'
import { useState, type FormEvent } from 'react'
import { Done } from '../../server/door/account-schemas.ts'
import { ChannelForm as Form } from '../../server/operate/channel-schemas.ts'
import { Asked, Problem } from '../shared/asked.tsx'
import { useProblemSentence } from '../shared/problem-sentence.ts'
import { told } from '../shared/told.ts'
import { useAsk, useChange } from '../shared/use-ask.ts'
import { useHospital } from '../shared/use-path.ts'
import { useTexts } from '../shared/use-texts.ts'
import { savedChannel, type ChannelDraft } from './channel-draft.ts'
import { ChannelLimits } from './channel-limits.tsx'
import { ChannelSecurity } from './channel-security.tsx'

interface ChannelFormProps {
  readonly id: string
  readonly channel: ChannelDraft
  /** When the key of its certificate was entered; null when it never was. */
  readonly keyEnteredAt: string | null
  readonly onSaved?: () => void
}

/** What the fields of a channel share: what is filled in, and what the server said of one of them. */
export interface ChannelFields {
  readonly draft: ChannelDraft
  readonly set: (part: Partial<ChannelDraft>) => void
  /** The words for what is wrong with a field, named as the API does; those of its parts too. */
  readonly wrong: (field: string) => string | undefined
}

/** Everything of an HL7 channel but how long its messages are kept, on one form, saved at once. */
export function ChannelForm({ id, channel, keyEnteredAt, onSaved }: ChannelFormProps) {
  const t = useTexts()
  const { api } = useHospital()
  const form = useAsk(Form, `${api}/channel-form`)
  const { fields, save, isPending, error } = useChannelDraft(id, channel, onSaved)
  const submit = (event: FormEvent) => {
    event.preventDefault()
    save()
  }
  return (
    <Asked of={form}>
      {({ limits, charsets }) => (
        <form onSubmit={submit} noValidate>
          <Stack gap="md">
            <Place {...fields} />
            <Messages {...fields} charsets={charsets} />
            <ChannelSecurity {...fields} keyEnteredAt={keyEnteredAt} />
            <ChannelLimits {...fields} standard={limits} />
            {error && <Problem error={error} />}
            <Text size="sm" c="dimmed">
              {t('operate.channel.takesover')}
            </Text>
            <Group>
              <Button type="submit" loading={isPending}>
                {t('shared.save')}
              </Button>
            </Group>
          </Stack>
        </form>
      )}
    </Asked>
  )
}

function useChannelDraft(id: string, channel: ChannelDraft, onSaved: (() => void) | undefined) {
  const t = useTexts()
  const { api } = useHospital()
  const [draft, setDraft] = useState(channel)
  const sentence = useProblemSentence()
  const { mutate, isPending, error } = useChange({ answer: Done, method: 'PUT', touches: [api] })
  const saved = () => {
    told(t('shared.saved'))
    setDraft((now) => ({ ...now, key: '', passphrase: '' }))
    onSaved?.()
  }
  const fields: ChannelFields = {
    draft,
    set: (part) => setDraft({ ...draft, ...part }),
    wrong: (field) =>
      error?.field === field || error?.field?.startsWith(`${field}.`) ? sentence(error).text : undefined,
  }
  const save = () =>
    mutate({ path: `${api}/channels/${id}`, body: savedChannel(draft) }, { onSuccess: saved })
  return { fields, save, isPending, error }
}

function Place({ draft, set, wrong }: ChannelFields) {
  const t = useTexts()
  return (
    <>
      <Switch
        label={t('operate.channel.enabled')}
        checked={draft.enabled}
        onChange={(event) => set({ enabled: event.currentTarget.checked })}
      />
      <TextInput
        required
        inputMode="numeric"
        label={t('operate.channels.port')}
        description={t('operate.channel.port.hint')}
        value={draft.port}
        error={wrong('port')}
        onChange={(event) => set({ port: event.currentTarget.value })}
      />
      <TextInput
        label={t('operate.channel.host')}
        description={t('operate.channel.host.hint')}
        value={draft.host}
        error={wrong('host')}
        onChange={(event) => set({ host: event.currentTarget.value })}
      />
    </>
  )
}

function Messages({ draft, set, wrong, charsets }: ChannelFields & { readonly charsets: readonly string[] }) {
  const t = useTexts()
  return (
    <>
      <Textarea
        label={t('operate.channels.senders')}
        description={t('operate.channel.senders.hint')}
        autosize
        minRows={2}
        value={draft.senders}
        error={wrong('senders')}
        onChange={(event) => set({ senders: event.currentTarget.value })}
      />
      <NativeSelect
        label={t('operate.channels.charset')}
        description={t('operate.channel.charset.hint')}
        value={draft.charset}
        error={wrong('charset')}
        data={[...new Set([...charsets, draft.charset])]}
        onChange={(event) => set({ charset: event.currentTarget.value })}
      />
    </>
  )
}
