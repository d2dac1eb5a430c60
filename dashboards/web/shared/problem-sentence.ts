import { AskError } from './ask.ts'
import { useFailureSentence, type Told } from './failure-sentence.ts'
import { useTexts } from './use-texts.ts'

/** What a person is told of an error: of what the server refused, the words for its code. */
export function useProblemSentence(): (error: Error) => Told {
  const t = useTexts()
  const told = useFailureSentence()
  return (error) => {
    if (!(error instanceof AskError)) return { text: t('shared.problem.unforeseen'), original: undefined }
    if (error.status === 0) return { text: t('shared.problem.unreachable'), original: undefined }
    return told(error.code, error.message)
  }
}
