import { Alert, List, Text } from '@mantine/core'
import { useTexts } from '../shared/use-texts.ts'
import { WhatHappened } from '../shared/what-happened.tsx'
import { placeName } from './change-place.ts'
import type { DraftInHand, Problem } from './use-draft.ts'

interface ProblemListProps {
  readonly hand: Pick<DraftInHand, 'problems' | 'called'>
  /** Only those at or below this place of the plan. */
  readonly at?: Problem['field']
}

/** What is not right yet, each with its place. */
export function ProblemList({ hand: { problems, called }, at }: ProblemListProps) {
  const t = useTexts()
  const shown = problems.filter(({ field }) => at === undefined || field === at || field.startsWith(`${at}.`))
  if (shown.length === 0) return null
  return (
    <Alert color="yellow" variant="light">
      <Text fw={600}>{t('administer.work.problems', { count: shown.length })}</Text>
      <List size="sm" spacing={4}>
        {shown.map((problem) => (
          <List.Item key={`${problem.field} ${problem.code}`}>
            <Text component="span" inherit fw={600}>
              {placeName(problem.field, t, called)}:
            </Text>{' '}
            <WhatHappened code={problem.code} sentence={problem.sentence} />
          </List.Item>
        ))}
      </List>
    </Alert>
  )
}
