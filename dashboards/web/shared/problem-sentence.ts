import { useTranslation } from 'react-i18next'
import { AskError } from './ask.ts'
import { useTexts } from './use-texts.ts'

/**
 * What a person is told of an error: a text `error.<code>` when there is one in the reader's language, else the
 * server's own sentence.
 */
export function useProblemSentence(): (error: Error) => string {
  const t = useTexts()
  const { i18n } = useTranslation()
  return (error) => {
    if (!(error instanceof AskError)) return t('shared.problem.unforeseen')
    if (error.status === 0) return t('shared.problem.unreachable')
    const key = `error.${error.code}`
    return i18n.exists(key) ? String(i18n.t(key)) : error.message
  }
}
