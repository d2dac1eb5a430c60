import { Radio, Stack, TextInput } from '@mantine/core'
import type { z } from 'zod'
import type { Looked } from '../../server/items/worklist-schemas.ts'
import { useTexts } from '../shared/use-texts.ts'

type Answer = z.input<typeof Looked>

interface LookedChoiceProps {
  readonly act: string
  readonly marker: string
  readonly looked: Answer | undefined
  readonly onChange: (looked: Answer) => void
}

/** Asks what one saw at the hospital's system, of a press of which the robot does not know whether it happened. */
export function LookedChoice({ act, marker, looked, onChange }: LookedChoiceProps) {
  const t = useTexts()
  return (
    <Stack gap="sm">
      <Radio.Group
        label={t('items.working.looked')}
        description={t('items.working.looked.hint', { name: act, marker })}
        required
        value={looked === undefined ? null : looked.stands ? 'yes' : 'no'}
        onChange={(value) => onChange(value === 'yes' ? { stands: true, reference: '' } : { stands: false })}
      >
        <Stack gap={4} mt="xs">
          <Radio value="yes" label={t('items.working.looked.yes')} />
          <Radio value="no" label={t('items.working.looked.no')} />
        </Stack>
      </Radio.Group>
      {looked?.stands === true && (
        <TextInput
          label={t('items.working.looked.reference')}
          required
          maxLength={200}
          value={looked.reference}
          onChange={(event) => onChange({ stands: true, reference: event.currentTarget.value })}
        />
      )}
    </Stack>
  )
}
