import { Center, Loader } from '@mantine/core'
import { useLocation, useParams } from '@tanstack/react-router'
import { lazy, Suspense, use, type ReactNode } from 'react'
import type { Page } from '../page.ts'
import { MeContext, mayOpen } from '../shared/me.ts'
import { NoRights } from '../shared/no-rights.tsx'
import { PageFrame } from '../shared/page-frame.tsx'
import { useTexts } from '../shared/use-texts.ts'
import { GoTo } from './go-to.tsx'

/** Pages of the door say what the shell says; their words are here from the start. */
const hasWords = ({ title }: Page): boolean => title.startsWith('door.')

/**
 * The component of a route: the page for who may open it, else the sign-in page or the page that says no.
 * @param words brings the words that the shell does not have
 */
export function gated(page: Page, words: () => Promise<void>): () => ReactNode {
  const Content = lazy(async () => {
    const [content] = await Promise.all([page.load(), hasWords(page) ? undefined : words()])
    return content
  })
  return function Gated() {
    const me = use(MeContext)
    const { hospital }: Readonly<Record<string, string | undefined>> = useParams({ strict: false })
    if (!me && page.roles !== 'anyone') return <ToSignIn />
    if (!mayOpen(page, me, hospital)) return <NoRightsPage />
    return (
      <Suspense fallback={<Coming />}>
        <Content />
      </Suspense>
    )
  }
}

function ToSignIn() {
  const { href } = useLocation()
  return <GoTo to="/sign-in" search={{ next: href }} />
}

function NoRightsPage() {
  const t = useTexts()
  return (
    <PageFrame title={t('shared.norights.title')}>
      <NoRights />
    </PageFrame>
  )
}

function Coming() {
  const t = useTexts()
  return (
    <Center mih={240} role="status" aria-label={t('shared.shell.loading')}>
      <Loader type="dots" />
    </Center>
  )
}
