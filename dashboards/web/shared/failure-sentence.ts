import { useTranslation } from 'react-i18next'

/** What a person is told of something that the server says, and the server's own words when they tell more. */
export interface Told {
  readonly text: string
  readonly original: string | undefined
}

/**
 * The words for a code, with the English sentence beside it: in Dutch those of shared/failure-texts.ts when the code is
 * known there, else the sentence itself.
 */
export function useFailureSentence(): (code: string | null | undefined, sentence: string) => Told {
  const { i18n } = useTranslation()
  return (code, sentence) => {
    const whole = `failure.whole.${code ?? ''}`
    if (i18n.exists(whole)) return { text: String(i18n.t(whole)), original: undefined }
    const part = `failure.part.${code ?? ''}`
    if (!i18n.exists(part)) return { text: sentence, original: undefined }
    return { text: String(i18n.t(part)), original: sentence === '' ? undefined : sentence }
  }
}
