import { Button, Group, NativeSelect, Stack, TextInput } from '@mantine/core'
import { useTexts } from '../shared/use-texts.ts'
import type { Condition } from './answers.ts'
import { LinesField } from './lines-field.tsx'

const COMPARISONS = ['equals', 'one-of', 'starts-with', 'present', 'absent'] as const
type Comparison = (typeof COMPARISONS)[number]

interface MessageConditionProps {
  /** Counted from 1, for the names of its fields. */
  readonly number: number
  readonly condition: Condition
  /** The id of the list of fields that are offered. */
  readonly fields: string
  readonly wrong: (part: string) => string | undefined
  readonly onChange: (condition: Condition) => void
  readonly onRemove: () => void
}

/** One field of a message, how it is compared, and with what. */
export function MessageCondition(props: MessageConditionProps) {
  const { number, condition, fields, wrong, onChange, onRemove } = props
  const t = useTexts()
  return (
    <Stack gap="xs" role="group" aria-label={t('administer.condition.one', { number })}>
      <Group align="start" gap="md">
        <TextInput
          label={t('administer.condition.field')}
          description={t('administer.condition.field.hint')}
          list={fields}
          value={condition.field}
          error={wrong('field')}
          onChange={(event) => onChange({ ...condition, field: event.currentTarget.value.trim() })}
        />
        <NativeSelect
          label={t('administer.condition.comparison')}
          description={t('administer.condition.comparison.hint')}
          value={condition.is}
          data={COMPARISONS.map((value) => ({ value, label: t(`administer.condition.${value}`) }))}
          onChange={(event) => onChange(compared(condition, event.currentTarget.value))}
        />
      </Group>
      <Value condition={condition} wrong={wrong} onChange={onChange} />
      <Group>
        <Button
          size="xs"
          variant="default"
          aria-label={t('administer.condition.remove.of', { number })}
          onClick={onRemove}
        >
          {t('administer.condition.remove')}
        </Button>
      </Group>
    </Stack>
  )
}

function Value({
  condition,
  wrong,
  onChange,
}: Pick<MessageConditionProps, 'condition' | 'wrong' | 'onChange'>) {
  const t = useTexts()
  switch (condition.is) {
    case 'present':
    case 'absent':
      return null
    case 'one-of':
      return (
        <LinesField
          label={t('administer.condition.values')}
          hint={t('administer.condition.values.hint')}
          lines={condition.values}
          error={wrong('values')}
          onChange={(values) => onChange({ ...condition, values })}
        />
      )
    case 'equals':
    case 'starts-with':
      return (
        <TextInput
          label={t('administer.condition.value')}
          description={t('administer.condition.value.hint')}
          value={condition.value}
          error={wrong('value')}
          onChange={(event) => onChange({ ...condition, value: event.currentTarget.value })}
        />
      )
  }
}

/** The same field compared in another way, with as much of its value as that can keep. */
function compared(condition: Condition, chosen: string): Condition {
  const is: Comparison = COMPARISONS.find((one) => one === chosen) ?? 'equals'
  const { field } = condition
  const values = 'values' in condition ? condition.values : 'value' in condition ? [condition.value] : []
  switch (is) {
    case 'present':
    case 'absent':
      return { field, is }
    case 'one-of':
      return { field, is, values: values.filter((value) => value !== '') }
    case 'equals':
    case 'starts-with':
      return { field, is, value: values[0] ?? '' }
  }
}
