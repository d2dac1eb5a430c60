import { Stack, Text } from '@mantine/core'
import { useLanguage, useTexts } from '../shared/use-texts.ts'
import type { Trigger } from './answers.ts'
import { triggerWords } from './trigger-words.ts'

/** Reads back what was filled in: what is going to start the robot. */
export function TriggerReading({ trigger }: { readonly trigger: Trigger }) {
  const t = useTexts()
  const language = useLanguage()
  return (
    <Stack gap={4} role="status" aria-live="polite">
      <Text fw={600} size="sm">
        {t('administer.triggers.means')}
      </Text>
      <Text size="sm" className="breaks">
        {triggerWords(trigger, t, language)}
      </Text>
    </Stack>
  )
}
