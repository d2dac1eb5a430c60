import type { TextKey } from '../texts.ts'
import { useTexts } from './use-texts.ts'

/** How something stands: its mark and colour say the same as its word, so that nobody needs to see colours. */
export type StateTone = 'quiet' | 'busy' | 'good' | 'attention' | 'bad'

const MARKS: Readonly<Record<StateTone, string>> = {
  quiet: '○',
  busy: '◐',
  good: '✓',
  attention: '!',
  bad: '✕',
}

interface StateBadgeProps {
  readonly tone: StateTone
  readonly text: string
}

/** A state in a word, with a mark and a colour. */
export function StateBadge({ tone, text }: StateBadgeProps) {
  return (
    <span className="state" data-tone={tone}>
      <span aria-hidden="true">{MARKS[tone]}</span>
      {text}
    </span>
  )
}

const ITEM_STATES = {
  queued: { tone: 'quiet', text: 'shared.item.queued' },
  claimed: { tone: 'busy', text: 'shared.item.claimed' },
  armed: { tone: 'busy', text: 'shared.item.armed' },
  unsure: { tone: 'attention', text: 'shared.item.unsure' },
  done: { tone: 'good', text: 'shared.item.done' },
  parked: { tone: 'attention', text: 'shared.item.parked' },
  cancelled: { tone: 'quiet', text: 'shared.item.cancelled' },
} as const satisfies Record<string, { tone: StateTone; text: TextKey }>

/** The state of a work item, in the words of the ledger. */
export function ItemStateBadge({ state }: { readonly state: keyof typeof ITEM_STATES }) {
  const t = useTexts()
  const { tone, text } = ITEM_STATES[state]
  return <StateBadge tone={tone} text={t(text)} />
}

/** That a robot of another make did it and told of it, and by whom. */
export function ReportedBadge({ by }: { readonly by?: string }) {
  const t = useTexts()
  const text = by === undefined ? t('shared.item.reported') : t('shared.item.reportedby', { by })
  return <StateBadge tone="quiet" text={text} />
}

const MODES = {
  off: { tone: 'quiet', text: 'shared.mode.off' },
  shadow: { tone: 'busy', text: 'shared.mode.shadow' },
  live: { tone: 'good', text: 'shared.mode.live' },
} as const satisfies Record<string, { tone: StateTone; text: TextKey }>

/** The mode of a deployment. */
export function ModeBadge({ mode }: { readonly mode: keyof typeof MODES }) {
  const t = useTexts()
  const { tone, text } = MODES[mode]
  return <StateBadge tone={tone} text={t(text)} />
}
