import { Alert, Text } from '@mantine/core'
import { useTexts } from './use-texts.ts'

/** Says that this is not for the reader, and who can change that. */
export function NoRights() {
  const t = useTexts()
  return (
    <Alert color="gray" variant="light" title={t('shared.norights.title')}>
      <Text size="sm">{t('shared.norights.sentence')}</Text>
    </Alert>
  )
}
