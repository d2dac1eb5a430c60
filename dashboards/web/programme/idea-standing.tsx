import { Button, Group, Stack, Text } from '@mantine/core'
import { useState } from 'react'
import { PhaseBadge } from './phase-badge.tsx'
import { DecideDialog } from './decide-dialog.tsx'
import type { Idea } from './ideas-page.tsx'
import { StateBadge, type StateTone } from '../shared/state-badge.tsx'
import { useCalled, useTexts } from '../shared/use-texts.ts'
import { useDay } from './use-day.ts'
import { usePlaces, useVoters } from './use-places.ts'

const TONES: Readonly<Record<Idea['state'], StateTone>> = { open: 'quiet', chosen: 'good', declined: 'quiet' }

interface StandingProps {
  readonly idea: Idea
  readonly onVote: () => void
}

/** How an idea stands: what came of it, one's own vote, and what one can do. */
export function Standing({ idea, onVote }: StandingProps) {
  const t = useTexts()
  const { own } = usePlaces()
  const mayVote = useVoters().some(({ id }) => id === idea.hospital)
  const mayDecide = own.some(({ id }) => id === idea.hospital)
  return (
    <Stack gap="xs" align="flex-start" maw="36ch">
      <StateBadge tone={TONES[idea.state]} text={t(`programme.ideas.state.${idea.state}`)} />
      <Outcome idea={idea} />
      {idea.own && <Text size="sm">{t('programme.ideas.own', idea.own)}</Text>}
      <Group gap="xs">
        {idea.state === 'open' && mayVote && (
          <Button size="compact-sm" variant="default" onClick={onVote}>
            {t(idea.own ? 'programme.ideas.revote' : 'programme.ideas.vote')}
          </Button>
        )}
        {mayDecide && <Decide idea={idea} />}
      </Group>
    </Stack>
  )
}

/** What came of it: the robot and how far that is, and what was said. */
function Outcome({ idea: { bot, botTitle, phase, since, reply } }: { readonly idea: Idea }) {
  const t = useTexts()
  const called = useCalled()
  const day = useDay()
  return (
    <>
      {bot !== null && (
        <Text size="sm">{t('programme.ideas.became', { bot: called({ name: bot, title: botTitle }) })}</Text>
      )}
      {phase !== null && since !== null && (
        <Group gap="xs">
          <PhaseBadge phase={phase} />
          <Text size="sm">{t('programme.ideas.since', { day: day(since) })}</Text>
        </Group>
      )}
      {reply !== '' && <Text size="sm">{reply}</Text>}
    </>
  )
}

function Decide({ idea }: { readonly idea: Idea }) {
  const t = useTexts()
  const [deciding, setDeciding] = useState(false)
  return (
    <>
      <Button
        size="compact-sm"
        variant="default"
        aria-label={t('programme.ideas.decide.of', { title: idea.title })}
        onClick={() => setDeciding(true)}
      >
        {t('programme.ideas.decide')}
      </Button>
      {deciding && <DecideDialog idea={idea} onClose={() => setDeciding(false)} />}
    </>
  )
}
