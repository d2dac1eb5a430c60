import { useEffect } from 'react'

/** Names the browser's tab. Screen readers announce it after a change of page. */
export function useTitle(title: string): void {
  useEffect(() => {
    document.title = `${title} · Ontregel`
  }, [title])
}
