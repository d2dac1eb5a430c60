import { Alert, Button, Code, Group, Text } from '@mantine/core'
import { AskError } from '../shared/ask.ts'
import { PageFrame } from '../shared/page-frame.tsx'
import { useProblemSentence } from '../shared/problem-sentence.ts'
import { useTexts } from '../shared/use-texts.ts'
import { useErrorReport } from './error-report.ts'

/** For a page that broke: the number by which the log knows it, and a way on. */
export function Broken({ error: thrown }: { readonly error: unknown }) {
  const t = useTexts()
  const error = thrown instanceof Error ? thrown : new Error(String(thrown))
  const sentence = useProblemSentence()
  const number = useErrorReport(error)
  return (
    <PageFrame title={t('door.broken.title')}>
      <Alert color="red" variant="light" role="alert" title={t('shared.problem.title')}>
        <Text size="sm">{error instanceof AskError ? sentence(error).text : t('door.broken.sentence')}</Text>
        {number !== undefined && (
          <Text size="sm" mt="sm">
            {t('shared.problem.number')} <Code>{number}</Code>
          </Text>
        )}
      </Alert>
      <Group>
        <Button onClick={() => location.reload()}>{t('door.broken.reload')}</Button>
      </Group>
    </PageFrame>
  )
}
