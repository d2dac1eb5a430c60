import { useQueryClient } from '@tanstack/react-query'
import { useNavigate } from '@tanstack/react-router'
import { askKey } from './use-ask.ts'
import { useHospital } from './use-path.ts'

/**
 * Goes to another page after a change that takes away what this one shows, and asks everything of the hospital again
 * from there: asked again here, it would be gone before one has left.
 */
export function useLeaving(): (to: string) => void {
  const navigate = useNavigate()
  const queries = useQueryClient()
  const { api } = useHospital()
  return (to) => {
    void navigate({ to }).then(() => queries.invalidateQueries({ queryKey: askKey(api) }))
  }
}
