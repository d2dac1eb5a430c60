import type { ReactNode } from 'react'

/** Something that opens beneath its title: the browser's own, so that it is found by searching in the page too. */
export function Reveal({ title, children }: { readonly title: string; readonly children: ReactNode }) {
  return (
    <details className="reveal">
      <summary>{title}</summary>
      <div className="reveal-content">{children}</div>
    </details>
  )
}
