import { Alert, Code, List, Text } from '@mantine/core'
import { useTranslation } from 'react-i18next'
import { useLanguage, useTexts } from '../shared/use-texts.ts'
import type { Problem } from './use-draft.ts'

interface ProblemListProps {
  readonly problems: readonly Problem[]
  /** Only those at or below this place of the plan. */
  readonly at?: Problem['field']
}

/** What is not right yet, each with its place. */
export function ProblemList({ problems, at }: ProblemListProps) {
  const t = useTexts()
  const sentence = useProblemWords()
  const shown = problems.filter(({ field }) => at === undefined || field === at || field.startsWith(`${at}.`))
  if (shown.length === 0) return null
  return (
    <Alert color="yellow" variant="light">
      <Text fw={600}>{t('administer.work.problems', { count: shown.length })}</Text>
      <List size="sm" spacing={4}>
        {shown.map((problem) => (
          <List.Item key={`${problem.field} ${problem.code}`}>
            <Code>{problem.field}</Code> {sentence(problem)}
          </List.Item>
        ))}
      </List>
    </Alert>
  )
}

/** In the reader's language by its code; else as the server says it, which is English. */
function useProblemWords(): (problem: Problem) => string {
  const language = useLanguage()
  const { i18n } = useTranslation()
  return ({ code, sentence }) => {
    const key = `administer.problem.${code}`
    return language === 'nl' && i18n.exists(key) ? String(i18n.t(key)) : sentence
  }
}
