import { Button, Fieldset, Group, Stack, Text } from '@mantine/core'
import { useId } from 'react'
import { useTexts } from '../shared/use-texts.ts'
import type { Condition, MessageTrigger } from './answers.ts'
import type { EditorProps } from './editing.ts'
import { LinesField } from './lines-field.tsx'
import { MessageCondition } from './message-condition.tsx'
import { TriggerReading } from './trigger-reading.tsx'
import { MESSAGE_FIELDS } from './trigger-words.ts'

const MOST_CONDITIONS = 20
const BEGIN: Condition = { field: '', is: 'equals', value: '' }

/** Which HL7 messages are for this robot: their types, and what must hold of their fields. */
export function MessageTriggerEditor({ trigger, onChange, wrong }: EditorProps<MessageTrigger>) {
  const t = useTexts()
  return (
    <Stack gap="md">
      <LinesField
        label={t('administer.messages.types')}
        hint={t('administer.messages.types.hint')}
        lines={trigger.messageTypes}
        error={wrong('messageTypes')}
        onChange={(messageTypes) => onChange({ ...trigger, messageTypes })}
      />
      <Conditions
        conditions={trigger.conditions}
        onChange={(conditions) => onChange({ ...trigger, conditions })}
        wrong={wrong}
      />
      <TriggerReading trigger={trigger} />
    </Stack>
  )
}

interface ConditionsProps extends Pick<EditorProps<MessageTrigger>, 'wrong'> {
  readonly conditions: readonly Condition[]
  readonly onChange: (conditions: Condition[]) => void
}

function Conditions({ conditions, onChange, wrong }: ConditionsProps) {
  const t = useTexts()
  const fields = useId()
  return (
    <Fieldset legend={t('administer.messages.conditions')}>
      <Stack gap="md">
        <Text size="sm">{t('administer.messages.conditions.hint')}</Text>
        <datalist id={fields}>
          {Object.entries(MESSAGE_FIELDS).map(([field, name]) => (
            <option key={field} value={field} label={t(name)} />
          ))}
        </datalist>
        {conditions.map((condition, place) => (
          <MessageCondition
            // Conditions have no name of their own: their place is all that tells them apart.
            key={`${conditions.length} ${place}`}
            number={place + 1}
            condition={condition}
            fields={fields}
            wrong={(part) => wrong(`conditions.${place}.${part}`)}
            onChange={(next) => onChange(conditions.map((one, at) => (at === place ? next : one)))}
            onRemove={() => onChange(conditions.filter((_, at) => at !== place))}
          />
        ))}
        {conditions.length < MOST_CONDITIONS && (
          <Group>
            <Button variant="default" onClick={() => onChange([...conditions, BEGIN])}>
              {t('administer.condition.add')}
            </Button>
          </Group>
        )}
      </Stack>
    </Fieldset>
  )
}
