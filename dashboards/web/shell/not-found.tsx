import { Text } from '@mantine/core'
import { PageFrame } from '../shared/page-frame.tsx'
import { PageLink } from '../shared/page-link.tsx'
import { useTexts } from '../shared/use-texts.ts'

/** For an address that is no page. */
export function NotFound() {
  const t = useTexts()
  return (
    <PageFrame title={t('door.notfound.title')}>
      <Text>{t('door.notfound.sentence')}</Text>
      <PageLink to="/">{t('door.notfound.home')}</PageLink>
    </PageFrame>
  )
}
