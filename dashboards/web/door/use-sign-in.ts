import { useQueryClient } from '@tanstack/react-query'
import { useNavigate } from '@tanstack/react-router'
import type { z } from 'zod'
import { Me } from '../../server/door/me-schemas.ts'
import type { PasswordSignIn } from '../../server/door/sign-in-schemas.ts'
import type { AskError } from '../shared/ask.ts'
import { askKey, useChange } from '../shared/use-ask.ts'
import { useSearchWord } from '../shared/use-search-word.ts'

interface SignIn {
  readonly signIn: (entered: z.input<typeof PasswordSignIn>) => void
  readonly busy: boolean
  /** Not when only the code is still asked for: that is no mistake. */
  readonly error: AskError | null
  readonly needsCode: boolean
}

/** Signs in with name and password, and with a code once the server asks for one. */
export function useSignIn(): SignIn {
  const enter = useEnter()
  const { mutate, isPending, error, variables } = useChange({ answer: Me })
  const gaveCode =
    variables !== undefined &&
    typeof variables.body === 'object' &&
    variables.body !== null &&
    'code' in variables.body
  const asksCode = error?.code === 'code-needed'
  return {
    signIn: (body) => mutate({ path: '/api/sign-in/password', body }, { onSuccess: enter }),
    busy: isPending,
    error: asksCode && !gaveCode ? null : error,
    needsCode: asksCode || gaveCode,
  }
}

/** Goes on as somebody who is signed in now: to the page that was asked for, if any. */
export function useEnter(): (me: Me) => void {
  const queries = useQueryClient()
  const navigate = useNavigate()
  const [next] = useSearchWord('next')
  return (me) => {
    queries.clear()
    queries.setQueryData(askKey('/api/me'), me)
    void navigate({ to: isOurs(next) ? next : '/', replace: true })
  }
}

/** A page of ours and nothing else: a link from outside must not send people elsewhere after signing in. */
const isOurs = (next: string): boolean => /^\/(?![/\\])/.test(next) && !next.startsWith('/sign-in')
