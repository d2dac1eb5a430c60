import { useMatch } from '@tanstack/react-router'
import { createContext, use, useEffect } from 'react'

/** The address whose heading had the focus last; begins with that of the first page, which keeps the browser's own focus. */
export const ArrivalContext = createContext<{ at: string }>({ at: '' })

/** Moves the focus to the heading after going to another page, so that a screen reader tells where one is. */
export function useArrival(heading: string): void {
  const arrival = use(ArrivalContext)
  // That of this page, not of the browser: while another page is coming, this one still stands there.
  const { pathname } = useMatch({ strict: false })
  useEffect(() => {
    if (arrival.at === pathname) return
    arrival.at = pathname
    document.getElementById(heading)?.focus({ preventScroll: true })
  }, [arrival, pathname, heading])
}
