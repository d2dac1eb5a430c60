import type { ReactNode } from 'react'

/** One thing that is known, and what it is. */
export interface Fact {
  readonly title: string
  readonly value: ReactNode
}

/** Things that are known of one thing, as pairs: for the head of a page about one item. */
export function Facts({ facts }: { readonly facts: readonly Fact[] }) {
  return (
    <dl className="facts">
      {facts.map(({ title, value }) => (
        <div key={title}>
          <dt>{title}</dt>
          <dd>{value}</dd>
        </div>
      ))}
    </dl>
  )
}
