import { Radio, Stack, TextInput } from '@mantine/core'
import type { z } from 'zod'
import type { Looked } from '../../server/items/worklist-schemas.ts'
import { useTexts } from '../shared/use-texts.ts'

type Answer = z.input<typeof Looked>

export interface StandsChoiceProps {
  readonly act: string
  readonly marker: string
  readonly stands: boolean | undefined
  /** What "no" is called: what comes of it then. */
  readonly no: string
  readonly onChange: (stands: boolean) => void
}

/** Asks what one saw at the hospital's system, of a press of which the robot does not know whether it happened. */
export function StandsChoice({ act, marker, stands, no, onChange }: StandsChoiceProps) {
  const t = useTexts()
  return (
    <Radio.Group
      label={t('items.working.looked')}
      description={t('items.working.looked.hint', { name: act, marker })}
      required
      value={stands === undefined ? null : stands ? 'yes' : 'no'}
      onChange={(value) => onChange(value === 'yes')}
    >
      <Stack gap={4} mt="xs">
        <Radio value="yes" label={t('items.working.looked.yes')} />
        <Radio value="no" label={no} />
      </Stack>
    </Radio.Group>
  )
}

interface LookedChoiceProps extends Pick<StandsChoiceProps, 'act' | 'marker'> {
  readonly looked: Answer | undefined
  readonly onChange: (looked: Answer) => void
}

/** The same before it goes back to the robot, with the number under which it stands there. */
export function LookedChoice({ act, marker, looked, onChange }: LookedChoiceProps) {
  const t = useTexts()
  return (
    <Stack gap="sm">
      <StandsChoice
        act={act}
        marker={marker}
        stands={looked?.stands}
        no={t('items.working.looked.no')}
        onChange={(stands) => onChange(stands ? { stands, reference: '' } : { stands })}
      />
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
