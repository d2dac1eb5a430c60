import { List, Text } from '@mantine/core'
import { StateBadge } from '../shared/state-badge.tsx'
import { useCalled, useTexts } from '../shared/use-texts.ts'
import type { Opened } from './answers.ts'

const TONES = { armed: 'attention', void: 'quiet', done: 'good' } as const

/** What the robot changed before it stopped, and what it may have changed. */
export function KnownActs({ item: { acts } }: { readonly item: Opened }) {
  const t = useTexts()
  const called = useCalled()
  if (acts.length === 0) return <Text>{t('items.working.known.none')}</Text>
  return (
    <List spacing="xs" listStyleType="none">
      {acts.map(({ name, title, key, state, reference }) => (
        <List.Item key={JSON.stringify([name, key])}>
          <StateBadge tone={TONES[state]} text={t(`items.act.${state}`)} />{' '}
          {[called({ name, title }), key, reference]
            .filter((part) => part !== '' && part !== null)
            .join(' · ')}
        </List.Item>
      ))}
    </List>
  )
}
