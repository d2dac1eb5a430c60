import { Stack, Text } from '@mantine/core'
import { GeneratedForm } from '../shared/generated-form.tsx'
import { useTexts } from '../shared/use-texts.ts'
import type { Plan } from './answers.ts'
import type { StepProps } from './editing.ts'
import { ProblemList } from './problem-list.tsx'

/** The form that follows from the robot's own settings. */
export function SettingsStep({ forms, hand }: StepProps) {
  const t = useTexts()
  const take = (value: unknown) => hand.change({ settings: asSettings(value) })
  const properties = forms.settings['properties']
  const none = typeof properties === 'object' && properties !== null && Object.keys(properties).length === 0
  return (
    <Stack gap="md">
      {none && <Text>{t('administer.settings.none')}</Text>}
      <GeneratedForm
        schema={forms.settings}
        value={hand.plan.settings}
        onChange={take}
        onSubmit={take}
        name="settings"
      >
        <ProblemList hand={hand} at="settings" />
      </GeneratedForm>
    </Stack>
  )
}

/** A form of an object gives an object, of JSON. */
const asSettings = (value: unknown): Plan['settings'] => Object(value)
