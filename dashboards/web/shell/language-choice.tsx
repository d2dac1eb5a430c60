import { NativeSelect } from '@mantine/core'
import { useTranslation } from 'react-i18next'
import { speak } from '../languages.ts'
import { useLanguage, useTexts } from '../shared/use-texts.ts'

/** Each in its own language, so that it is found by who cannot read the other. */
export const LANGUAGES = [
  { value: 'nl', label: 'Nederlands' },
  { value: 'en', label: 'English' },
] as const

/** The language of this browser, until somebody is signed in. */
export function LanguageChoice() {
  const t = useTexts()
  const { i18n } = useTranslation()
  return (
    <NativeSelect
      size="sm"
      aria-label={t('shared.shell.language')}
      value={useLanguage()}
      data={[...LANGUAGES]}
      onChange={(event) => void speak(i18n, event.currentTarget.value === 'en' ? 'en' : 'nl')}
    />
  )
}
