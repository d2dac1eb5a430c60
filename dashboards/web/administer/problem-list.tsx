import { Alert, Code, List, Text } from '@mantine/core'
import { useTexts } from '../shared/use-texts.ts'
import { WhatHappened } from '../shared/what-happened.tsx'
import type { Problem } from './use-draft.ts'

interface ProblemListProps {
  readonly problems: readonly Problem[]
  /** Only those at or below this place of the plan. */
  readonly at?: Problem['field']
}

/** What is not right yet, each with its place. */
export function ProblemList({ problems, at }: ProblemListProps) {
  const t = useTexts()
  const shown = problems.filter(({ field }) => at === undefined || field === at || field.startsWith(`${at}.`))
  if (shown.length === 0) return null
  return (
    <Alert color="yellow" variant="light">
      <Text fw={600}>{t('administer.work.problems', { count: shown.length })}</Text>
      <List size="sm" spacing={4}>
        {shown.map((problem) => (
          <List.Item key={`${problem.field} ${problem.code}`}>
            <Code>{problem.field}</Code> <WhatHappened code={problem.code} sentence={problem.sentence} />
          </List.Item>
        ))}
      </List>
    </Alert>
  )
}
