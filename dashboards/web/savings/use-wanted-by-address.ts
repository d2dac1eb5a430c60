import { useNavigate, useSearch } from '@tanstack/react-router'
import type { WantedBaseline } from './baseline-dialog.tsx'

/**
 * The baseline that an address asks for, as the notice on Today does: `?deployment=…&variant=…&from=2026-11-01`.
 * @returns it, undefined when the address asks for none, and what takes it out of the address
 */
export function useWantedByAddress(): readonly [WantedBaseline | undefined, () => void] {
  const { deployment, variant, from }: Readonly<Record<string, unknown>> = useSearch({ strict: false })
  const navigate = useNavigate()
  const forget = () => void navigate({ to: '.', search: {}, replace: true })
  const asked = typeof deployment === 'string' && typeof variant === 'string' && typeof from === 'string'
  return [asked ? { deployment, variant, from } : undefined, forget]
}
