import { List, Text } from '@mantine/core'
import { Card } from '../shared/card.tsx'
import { useTexts } from '../shared/use-texts.ts'

const SENTENCES = ['freed', 'weeks', 'quality', 'runtime'] as const

/** What a reader should not take from the figures; the files say the same sentences. */
export function NotSaid() {
  const t = useTexts()
  return (
    <Card title={t('savings.notsaid')}>
      <List size="sm" spacing={4}>
        {SENTENCES.map((sentence) => (
          <List.Item key={sentence}>
            <Text size="sm">{t(`savings.notsaid.${sentence}`)}</Text>
          </List.Item>
        ))}
      </List>
    </Card>
  )
}
