import { useQueryClient } from '@tanstack/react-query'
import { Done } from '../../server/door/account-schemas.ts'
import { ask } from '../shared/ask.ts'

/** Ends the session here, or everywhere; what this browser remembered of the pages is forgotten. */
export function useSignOut(): (how?: { readonly everywhere: boolean }) => void {
  const queries = useQueryClient()
  return (how = { everywhere: false }) => {
    void ask(Done, '/api/sign-out', { method: 'POST', body: how }).finally(() => {
      queries.clear()
      // A load from the server: nothing of what was shown stays in memory for who sits down next.
      location.assign('/sign-in')
    })
  }
}
