import { Center, Loader } from '@mantine/core'
import { useLocation, useParams } from '@tanstack/react-router'
import { lazy, Suspense, use, type ReactNode } from 'react'
import { partsOf, type Page } from '../page.ts'
import { MeContext, mayOpen } from '../shared/me.ts'
import { NoRights } from '../shared/no-rights.tsx'
import { PageFrame } from '../shared/page-frame.tsx'
import { useTexts } from '../shared/use-texts.ts'
import type { TextPart } from '../text-parts.ts'
import { GoTo } from './go-to.tsx'

/** Brings the words that the shell does not have. */
export type BringWords = (parts: readonly TextPart[]) => Promise<void>

/**
 * The component of a route: the page for who may open it, else the sign-in page or the page that says no.
 */
export function gated(page: Page, words: BringWords): () => ReactNode {
  const Content = lazy(async () => {
    const [content] = await Promise.all([page.load(), words(partsOf(page))])
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
