import type { Attention } from './answers.ts'

/** Where one sees to it: a page of ours and what stands after its question mark. */
export interface AttentionTarget {
  readonly to: string
  readonly search: Readonly<Record<string, string | undefined>>
}

/** Alarms about the figures of a hospital as a whole. */
const ABOUT_SAVINGS: ReadonlySet<string> = new Set(['recount-differs', 'recount-overdue'])

/** @param pages the beginning of this hospital's pages */
export function attentionTarget(row: Attention, pages: string): AttentionTarget | undefined {
  const deployment = row.deployment ?? undefined
  switch (row.kind) {
    case 'parked':
    case 'unsure':
      return { to: `${pages}/worklist`, search: { deployment } }
    case 'overdue':
      return { to: `${pages}/items`, search: { deployment, state: 'queued' } }
    case 'sign-in':
      return { to: `${pages}/items`, search: { deployment, state: 'parked' } }
    case 'alarm':
      if (row.code === 'realised-over-net')
        return {
          to: `${pages}/realised`,
          search: { from: row.from ?? undefined, to: row.to ?? undefined },
        }
      if (row.item !== null) return { to: `${pages}/items/${row.item}`, search: {} }
      if (deployment !== undefined) return { to: `${pages}/deployments/${deployment}`, search: {} }
      return ABOUT_SAVINGS.has(row.code ?? '') ? { to: '/programme/savings', search: {} } : undefined
    case 'stopped':
    case 'not-fired':
    case 'run-failed':
      return { to: `${pages}/deployments/${deployment}`, search: {} }
    case 'circuit-open':
    case 'held':
      return { to: `${pages}/systems/${row.system}`, search: {} }
    case 'without-baseline':
      return {
        to: `${pages}/baselines`,
        search: { deployment, variant: row.variant ?? undefined, from: row.at?.slice(0, 10) },
      }
    case 'remeasure':
      return { to: `${pages}/baselines`, search: {} }
    case 'no-worker':
      return undefined
  }
}
