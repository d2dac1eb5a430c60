import { Stack, Text } from '@mantine/core'
import { durationText } from '../shared/duration.tsx'
import type { StateTone } from '../shared/state-badge.tsx'
import { TimeLine, type Moment } from '../shared/time-line.tsx'
import { useCalled, useInLanguage, useTexts, type Texts } from '../shared/use-texts.ts'
import { WhatHappened } from '../shared/what-happened.tsx'
import type { Story } from './answers.ts'

type Event = Story['events'][number]

const TONES = {
  arrived: 'quiet',
  claimed: 'busy',
  looking: 'busy',
  step: 'quiet',
  'step-failed': 'bad',
  armed: 'attention',
  pressed: 'busy',
  'not-done': 'attention',
  'act-done': 'good',
  queued: 'quiet',
  parked: 'attention',
  unsure: 'attention',
  done: 'good',
  cancelled: 'quiet',
  withdrawn: 'attention',
  reweighed: 'attention',
  'given-back': 'busy',
  taken: 'quiet',
  assigned: 'quiet',
  released: 'quiet',
  'taken-over': 'quiet',
  retried: 'busy',
  'parked-by-person': 'attention',
  'let-pass': 'quiet',
  late: 'bad',
  compared: 'good',
  contradicted: 'bad',
} as const satisfies Record<string, StateTone>

type Kind = keyof typeof TONES
const isKnown = (kind: string): kind is Kind => Object.hasOwn(TONES, kind)

/** What happened to an item, in order: attempts, steps, acts, and what people did. */
export function ItemTimeLine({ story }: { readonly story: Story }) {
  const t = useTexts()
  const called = useCalled()
  const inLanguage = useInLanguage()
  const { variant, variantTitle, events } = story
  const nameOf = (fact: string) => (variantTitle && fact === variant ? inLanguage(variantTitle) : fact)
  const moments = events.map((event) => momentOf(event, { name: called(event), nameOf }, t))
  return <TimeLine label={t('items.one.story')} moments={moments} />
}

/** What a variant is called, of the item's own one. */
type NameOf = (variant: string) => string

interface Names {
  /** What the step or act of the event is called. */
  readonly name: string
  readonly nameOf: NameOf
}

function momentOf(event: Event, { name, nameOf }: Names, t: Texts): Moment {
  const { id, at, kind, attempt } = event
  const title = isKnown(kind) ? t(`items.event.${kind}`, { name, attempt }) : kind
  const tone = isKnown(kind) ? TONES[kind] : 'quiet'
  return { key: String(id), at, title, tone, detail: <Detail event={event} nameOf={nameOf} /> }
}

function Detail({ event, nameOf }: { readonly event: Event; readonly nameOf: NameOf }) {
  const t = useTexts()
  const { account, facts, code, sentence, ms } = event
  const seconds = facts['humanSeconds']
  const by = event.kind === 'assigned' ? facts['by'] : account
  const parts = [
    by === null || by === undefined ? '' : t('items.event.by', { account: String(by) }),
    event.kind === 'assigned' && account !== null ? t('items.event.for', { account }) : '',
    typeof seconds === 'number' && seconds > 0
      ? t('items.event.took', { time: durationText(seconds, t) })
      : '',
    ms === null ? '' : durationText(ms / 1000, t),
    ...['reference', 'version'].map((name) => String(facts[name] ?? '')),
    nameOf(String(facts['variant'] ?? '')),
  ].filter((part) => part !== '')
  return (
    <Stack gap={0}>
      {sentence !== null && <WhatHappened code={code} sentence={sentence} />}
      {parts.length > 0 && (
        <Text size="sm" c="dimmed">
          {parts.join(' · ')}
        </Text>
      )}
    </Stack>
  )
}
