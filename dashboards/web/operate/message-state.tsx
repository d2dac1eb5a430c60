import { StateBadge, type StateTone } from '../shared/state-badge.tsx'
import { useTexts } from '../shared/use-texts.ts'

export const MESSAGE_STATES = ['stored', 'routed', 'ignored', 'aside', 'skipped'] as const
export type MessageStateName = (typeof MESSAGE_STATES)[number]

const TONES: Readonly<Record<MessageStateName, StateTone>> = {
  stored: 'busy',
  routed: 'good',
  ignored: 'quiet',
  aside: 'attention',
  skipped: 'quiet',
}

/** The state of an HL7 message. */
export function MessageState({ state }: { readonly state: MessageStateName }) {
  const t = useTexts()
  return <StateBadge tone={TONES[state]} text={t(`operate.message.state.${state}`)} />
}
