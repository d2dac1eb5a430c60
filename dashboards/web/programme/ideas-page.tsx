import { Button, Group, Stack, Text } from '@mantine/core'
import { useState } from 'react'
import type { z } from 'zod'
import { Done } from '../../server/door/account-schemas.ts'
import { Ideas } from '../../server/programme/idea-schemas.ts'
import { Asked } from '../shared/asked.tsx'
import { Card } from '../shared/card.tsx'
import { DataTable, type Column } from '../shared/data-table.tsx'
import { EmptyState } from '../shared/empty-state.tsx'
import { PageFrame } from '../shared/page-frame.tsx'
import { StateBadge, type StateTone } from '../shared/state-badge.tsx'
import { told } from '../shared/told.ts'
import { useAsk, useChange } from '../shared/use-ask.ts'
import { rolesAt, useMe } from '../shared/me.ts'
import { useNumbers } from '../shared/use-numbers.ts'
import { useTexts } from '../shared/use-texts.ts'
import { IdeaDialog } from './idea-dialog.tsx'
import { nameOf, usePlaces } from './use-places.ts'
import { VoteDialog } from './vote-dialog.tsx'

export type Idea = z.output<typeof Ideas>[number]

const TONES: Readonly<Record<Idea['state'], StateTone>> = { open: 'quiet', chosen: 'good', declined: 'quiet' }

/** Where somebody may add ideas and vote: everybody but an auditor. */
function useVoters() {
  const me = useMe()
  return me.hospitals.filter(({ id }) => rolesAt(me, id).some((role) => role !== 'auditor'))
}

/** Ideas of people in the wards, by the weight of their votes. */
export default function IdeasPage() {
  const t = useTexts()
  const voters = useVoters()
  const ideas = useAsk(Ideas, '/api/programme/ideas')
  const [adding, setAdding] = useState(false)
  return (
    <PageFrame
      title={t('programme.ideas.title')}
      lead={t('programme.ideas.lead')}
      actions={
        voters.length > 0 && <Button onClick={() => setAdding(true)}>{t('programme.ideas.new')}</Button>
      }
    >
      <Card>
        <Asked of={ideas}>{(found) => <IdeaTable ideas={found} />}</Asked>
        <Text size="sm" c="dimmed">
          {t('programme.ideas.weight.hint')}
        </Text>
      </Card>
      {adding && <IdeaDialog hospitals={voters} onClose={() => setAdding(false)} />}
    </PageFrame>
  )
}

function IdeaTable({ ideas }: { readonly ideas: readonly Idea[] }) {
  const t = useTexts()
  const [voting, setVoting] = useState<Idea>()
  const columns = useIdeaColumns()
  const state: Column<Idea> = {
    key: 'state',
    title: t('programme.ideas.state'),
    show: (idea) => <Standing idea={idea} onVote={() => setVoting(idea)} />,
  }
  return (
    <>
      <DataTable
        caption={t('programme.ideas.caption')}
        columns={[...columns, state]}
        rows={ideas}
        rowKey={({ id }) => id}
        empty={<EmptyState title={t('programme.ideas.none')} />}
      />
      {voting && <VoteDialog idea={voting} onClose={() => setVoting(undefined)} />}
    </>
  )
}

function useIdeaColumns(): Column<Idea>[] {
  const t = useTexts()
  const { all } = usePlaces()
  const { number } = useNumbers()
  return [
    { key: 'title', title: t('programme.ideas.name'), show: (idea) => <Told idea={idea} /> },
    {
      key: 'where',
      title: t('programme.department'),
      show: ({ department, hospital }) => `${department}, ${nameOf(all, hospital)}`,
    },
    {
      key: 'activity',
      title: t('programme.activity'),
      show: ({ activity }) => t(`programme.activity.${activity}`),
    },
    {
      key: 'votes',
      title: t('programme.ideas.votes'),
      align: 'end',
      show: ({ votes }) => number(votes),
      sortBy: ({ votes }) => votes,
    },
    {
      key: 'weight',
      title: t('programme.ideas.weight'),
      align: 'end',
      show: ({ weight }) => (weight === null ? '–' : number(weight, 1)),
      sortBy: ({ weight }) => weight,
    },
    { key: 'mean', title: t('programme.ideas.mean'), show: ({ mean }) => <Means mean={mean} /> },
  ]
}

/** What the weight is made of: each from 1 to 5, a line each. */
function Means({ mean }: Pick<Idea, 'mean'>) {
  const t = useTexts()
  const { number } = useNumbers()
  if (mean === null) return '–'
  return (
    <Stack gap={2}>
      {(['reach', 'minutes', 'feasibility'] as const).map((part) => (
        <Text key={part} size="sm" className="tabular">
          {t(`programme.ideas.mean.${part}`, { mean: number(mean[part], 1) })}
        </Text>
      ))}
    </Stack>
  )
}

function Told({ idea: { title, explanation } }: { readonly idea: Idea }) {
  return (
    <Stack gap={2} maw="48ch">
      <Text fw={600}>{title}</Text>
      {explanation !== '' && (
        <Text size="sm" c="dimmed">
          {explanation}
        </Text>
      )}
    </Stack>
  )
}

interface StandingProps {
  readonly idea: Idea
  readonly onVote: () => void
}

function Standing({ idea, onVote }: StandingProps) {
  const t = useTexts()
  const { own } = usePlaces()
  const mayVote = useVoters().some(({ id }) => id === idea.hospital)
  const mayDecide = own.some(({ id }) => id === idea.hospital)
  return (
    <Stack gap="xs" align="flex-start">
      <StateBadge tone={TONES[idea.state]} text={t(`programme.ideas.state.${idea.state}`)} />
      <Group gap="xs">
        {idea.state === 'open' && mayVote && (
          <Button size="compact-sm" variant="default" onClick={onVote}>
            {t('programme.ideas.vote')}
          </Button>
        )}
        {mayDecide && <Decide idea={idea} />}
      </Group>
    </Stack>
  )
}

function Decide({ idea }: { readonly idea: Idea }) {
  const t = useTexts()
  const change = useChange({ answer: Done, method: 'PUT', touches: ['/api/programme/ideas'] })
  const decide = (state: Idea['state']) =>
    change.mutate(
      { path: `/api/hospitals/${idea.hospital}/ideas/${idea.id}/decision`, body: { state, bot: idea.bot } },
      { onSuccess: () => told(t('programme.saved')) },
    )
  const button = (state: Idea['state'], text: string) => (
    <Button size="compact-sm" variant="default" loading={change.isPending} onClick={() => decide(state)}>
      {text}
    </Button>
  )
  if (idea.state !== 'open') return button('open', t('programme.ideas.reopen'))
  return (
    <>
      {button('chosen', t('programme.ideas.choose'))}
      {button('declined', t('programme.ideas.decline'))}
    </>
  )
}
