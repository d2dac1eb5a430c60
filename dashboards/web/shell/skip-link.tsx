import { useTexts } from '../shared/use-texts.ts'

/** For the keyboard: past the navigation at once. */
export function SkipLink() {
  const t = useTexts()
  return (
    <a href="#content" className="skip-link">
      {t('shared.shell.skip')}
    </a>
  )
}
