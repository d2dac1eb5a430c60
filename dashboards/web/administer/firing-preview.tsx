import { List, Stack, Text } from '@mantine/core'
import { SchedulePreview } from '../../server/administer/calendar-schemas.ts'
import { useProblemSentence } from '../shared/problem-sentence.ts'
import { useAsk } from '../shared/use-ask.ts'
import { useHospital } from '../shared/use-path.ts'
import { useInLanguage, useTexts } from '../shared/use-texts.ts'

/** The next five times that a schedule fires, in words, with the free days that it leaves out. */
export function FiringPreview({
  cron,
  skipHolidays,
}: {
  readonly cron: string
  readonly skipHolidays: boolean
}) {
  const t = useTexts()
  const inLanguage = useInLanguage()
  const sentence = useProblemSentence()
  const { api } = useHospital()
  const { data, error } = useAsk(SchedulePreview, `${api}/schedule`, { body: { cron, skipHolidays } })
  return (
    <Stack gap={4} role="status" aria-live="polite">
      <Text fw={600} size="sm">
        {t('administer.schedule.next')}
      </Text>
      {error && (
        <Text size="sm" c="red">
          {sentence(error).text}
        </Text>
      )}
      <List size="sm" spacing={2}>
        {(data?.firings ?? []).map(({ at, words, skipped }) => (
          <List.Item key={at}>
            {inLanguage(words)}
            {skipped.length > 0 && (
              <Text component="span" size="sm" c="dimmed">
                {' '}
                {t('administer.schedule.not', {
                  days: skipped.map(({ name }) => inLanguage(name)).join(', '),
                })}
              </Text>
            )}
          </List.Item>
        ))}
      </List>
    </Stack>
  )
}
