import { Code, Group, NumberInput, Stack, Switch, Text, Textarea, TextInput } from '@mantine/core'
import { useState } from 'react'
import { useTexts } from '../shared/use-texts.ts'
import type { Trigger } from './new-trigger.ts'

type MessageTrigger = Extract<Trigger, { readonly kind: 'hl7' }>
type ChangeTrigger = Extract<Trigger, { readonly kind: 'fhir' }>

interface EditorProps<Kind> {
  readonly trigger: Kind
  readonly onChange: (trigger: Kind) => void
}

/** Which HL7 messages are for this robot. */
export function MessageTriggerEditor({ trigger, onChange }: EditorProps<MessageTrigger>) {
  const t = useTexts()
  const [text, setText] = useState(trigger.messageTypes.join('\n'))
  const change = (words: string) => {
    setText(words)
    onChange({ ...trigger, messageTypes: words.split(/[\s,;]+/).filter((word) => word !== '') })
  }
  return (
    <Stack gap="sm">
      <Textarea
        label={t('administer.messages.types')}
        description={t('administer.messages.types.hint')}
        autosize
        minRows={2}
        value={text}
        onChange={(event) => change(event.currentTarget.value)}
      />
      {trigger.conditions.length > 0 && (
        <Text size="sm" component="div">
          {t('administer.messages.conditions')}{' '}
          <Code className="breaks">{JSON.stringify(trigger.conditions)}</Code>
        </Text>
      )}
    </Stack>
  )
}

/** Which resources of a FHIR server are watched for changes. */
export function ChangeTriggerEditor({ trigger, onChange }: EditorProps<ChangeTrigger>) {
  const t = useTexts()
  return (
    <Stack gap="md">
      <Group align="end" gap="md">
        <TextInput
          label={t('administer.changes.type')}
          value={trigger.resourceType}
          onChange={(event) => onChange({ ...trigger, resourceType: event.currentTarget.value })}
        />
        <NumberInput
          label={t('administer.changes.every')}
          min={1}
          max={86_400}
          allowDecimal={false}
          value={trigger.everySeconds}
          onChange={(seconds) => onChange({ ...trigger, everySeconds: Number(seconds) || 60 })}
        />
      </Group>
      <Switch
        label={t('administer.changes.notified')}
        checked={trigger.notified}
        onChange={(event) => onChange({ ...trigger, notified: event.currentTarget.checked })}
      />
    </Stack>
  )
}
