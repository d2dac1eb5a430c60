import { Center, Loader } from '@mantine/core'
import { useQueryClient } from '@tanstack/react-query'
import { useEffect, type ReactNode } from 'react'
import { useTranslation } from 'react-i18next'
import { speak } from '../languages.ts'
import { AskError } from '../shared/ask.ts'
import { Problem } from '../shared/asked.tsx'
import { MeContext } from '../shared/me.ts'
import { Me } from '../../server/door/me-schemas.ts'
import { askKey, useAsk } from '../shared/use-ask.ts'

/** Finds out who is signed in before anything is shown, and speaks that person's language. */
export function Who({ children }: { readonly children: ReactNode }) {
  const { data, error, refetch } = useAsk(Me, '/api/me')
  const { i18n } = useTranslation()
  const language = data?.language
  useEffect(() => {
    if (language !== undefined && language !== i18n.language) void speak(i18n, language)
  }, [language, i18n])
  useSessionEnd()
  const nobody = error?.status === 401
  if (error && !nobody) return <Problem error={error} again={() => void refetch()} />
  if (!data && !nobody)
    return (
      <Center mih="100vh">
        <Loader type="dots" />
      </Center>
    )
  return <MeContext value={nobody ? null : (data ?? null)}>{children}</MeContext>
}

/** A session that ended while a page was open shows in any answer: who it was is asked again then. */
function useSessionEnd(): void {
  const queries = useQueryClient()
  useEffect(() => {
    const me = askKey('/api/me')
    return queries.getQueryCache().subscribe(({ type, query }) => {
      if (type !== 'updated' || query.queryKey.join('/') === me.join('/')) return
      const { error, fetchStatus } = query.state
      const refused = error instanceof AskError && error.status === 401 && fetchStatus === 'idle'
      if (refused && queries.getQueryData(me) !== undefined)
        void queries.resetQueries({ queryKey: me, exact: true })
    })
  }, [queries])
}
