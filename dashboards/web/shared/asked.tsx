import { Alert, Button, Center, Code, List, Loader, Stack, Text } from '@mantine/core'
import type { ReactNode } from 'react'
import { AskError } from './ask.ts'
import { NoRights } from './no-rights.tsx'
import { useProblemSentence } from './problem-sentence.ts'
import { useTexts } from './use-texts.ts'
import { Original, WhatHappened } from './what-happened.tsx'

/** What a query tells of itself; `useAsk` and `useAskPages` both give it. */
interface AskState<Data> {
  readonly data: Data | undefined
  readonly error: AskError | null
  readonly refetch: () => unknown
}

interface AskedProps<Data> {
  readonly of: AskState<Data>
  /** Shown until there is an answer; a quiet loader otherwise. */
  readonly loading?: ReactNode
  readonly children: (data: Data) => ReactNode
}

/** Shows what was asked for, or that it is coming, that it went wrong with a way to go on, or that it is not for this reader. */
export function Asked<Data>({ of, loading, children }: AskedProps<Data>) {
  if (of.data !== undefined) return children(of.data)
  if (of.error?.status === 403) return <NoRights />
  if (of.error) return <Problem error={of.error} again={() => void of.refetch()} />
  return loading ?? <Loading />
}

function Loading() {
  const t = useTexts()
  return (
    <Center mih={120} role="status" aria-label={t('shared.loading')}>
      <Loader type="dots" />
    </Center>
  )
}

interface ProblemProps {
  readonly error: Error
  readonly again?: (() => void) | undefined
}

/** What went wrong, with the server's own sentence where it tells more, and the number that finds it in the log. */
export function Problem({ error, again }: ProblemProps) {
  const t = useTexts()
  const { text, original } = useProblemSentence()(error)
  // Of what was refused the log says no more than the sentence does.
  const number = error instanceof AskError && error.status >= 500 ? error.number : undefined
  const refused = error instanceof AskError && error.rows.length > 0 ? error : undefined
  return (
    <Alert color="red" variant="light" role="alert" title={t('shared.problem.title')}>
      <Stack gap="sm" align="start">
        <Text size="sm">{text}</Text>
        {refused && <RefusedRows error={refused} />}
        {original !== undefined && !refused && <Original sentence={original} />}
        {number !== undefined && (
          <Text size="sm">
            {t('shared.problem.number')} <Code>{number}</Code>
          </Text>
        )}
        {again && (
          <Button size="xs" variant="default" onClick={again}>
            {t('shared.problem.again')}
          </Button>
        )}
      </Stack>
    </Alert>
  )
}

/** What is wrong with each row of a list of which nothing was taken in. */
function RefusedRows({ error: { rows, moreRows } }: { readonly error: AskError }) {
  const t = useTexts()
  return (
    <>
      <List size="sm" spacing={4}>
        {rows.map(({ number, code, sentence }) => (
          <List.Item key={`${number} ${sentence}`}>
            <Text size="sm" fw={600}>
              {t('shared.problem.row', { number })}
            </Text>
            <WhatHappened code={code} sentence={sentence} />
          </List.Item>
        ))}
      </List>
      {moreRows > 0 && <Text size="sm">{t('shared.problem.morerows', { count: moreRows })}</Text>}
    </>
  )
}
