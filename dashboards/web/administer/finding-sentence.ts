import { useTranslation } from 'react-i18next'
import { useLanguage, useTexts } from '../shared/use-texts.ts'

interface Finding {
  readonly code: string
  readonly right: boolean
  readonly sentence: string
}

/**
 * What a try of a system showed, in the reader's language: a text of its own for what is known, else the sentence as
 * the ledger keeps it, which is English.
 */
export function useFindingSentence(): (finding: Finding) => string {
  const t = useTexts()
  const language = useLanguage()
  const { i18n } = useTranslation()
  return ({ code, right, sentence }) => {
    if (language === 'en') return sentence
    if (right && code === 'signed-in') return t('administer.finding.signedin')
    if (right && code === 'reachable') return t('administer.finding.reachable')
    if (right && code === 'version') return t('administer.finding.version')
    const key = `administer.finding.${code}`
    return i18n.exists(key) ? String(i18n.t(key)) : sentence
  }
}
