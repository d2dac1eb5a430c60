import { useMatches } from '@tanstack/react-router'
import { useEffect, useState } from 'react'
import { PageErrorNoted } from '../../server/door/page-error-schemas.ts'
import { ask, AskError } from '../shared/ask.ts'

/**
 * The number by which the log knows an error: the server's own, or that under which it wrote this one down just now.
 * Undefined until it is known, and when the server cannot be reached. Only where it broke is told: an error's text may
 * quote what is on the page.
 */
export function useErrorReport(error: Error): string | undefined {
  const matches = useMatches()
  const page = matches.at(-1)?.fullPath ?? '/'
  const [number, setNumber] = useState<string | undefined>()
  const known = error instanceof AskError ? error.number : undefined
  useEffect(() => {
    if (known !== undefined) return
    const body = { page, name: error.name, place: placeOf(error) }
    ask(PageErrorNoted, '/api/page-errors', { method: 'POST', body }).then(
      (noted) => setNumber(noted.number),
      // It is shown without a number then; there is nobody else to tell.
      () => setNumber(undefined),
    )
  }, [known, page, error])
  return known ?? number
}

/** The file, line and column that the first line of the stack names. */
function placeOf({ stack = '' }: Error): string {
  return /\/([\w.~-]{1,120}\.js:\d{1,9}:\d{1,9})/.exec(stack)?.[1] ?? ''
}
