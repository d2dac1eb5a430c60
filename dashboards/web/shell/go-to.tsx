import { useNavigate } from '@tanstack/react-router'
import { useEffect, useRef } from 'react'

interface GoToProps {
  /** A full path. */
  readonly to: string
  readonly search?: Readonly<Record<string, string>>
}

/** Goes elsewhere, once, in place of this entry of the history. (The router's own goes again at each render.) */
export function GoTo({ to, search }: GoToProps) {
  const navigate = useNavigate()
  const went = useRef(false)
  useEffect(() => {
    if (went.current) return
    went.current = true
    void navigate({ to, search: { ...search }, replace: true })
  }, [navigate, to, search])
  return null
}
