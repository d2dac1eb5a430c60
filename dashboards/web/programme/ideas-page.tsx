import { Button, Stack, Text } from '@mantine/core'
import { useState } from 'react'
import type { z } from 'zod'
import { Ideas } from '../../server/programme/idea-schemas.ts'
import { Asked } from '../shared/asked.tsx'
import { Card } from '../shared/card.tsx'
import { DataTable, type Column } from '../shared/data-table.tsx'
import { EmptyState } from '../shared/empty-state.tsx'
import { PageFrame } from '../shared/page-frame.tsx'
import { useAsk } from '../shared/use-ask.ts'
import { useNumbers } from '../shared/use-numbers.ts'
import { useTexts } from '../shared/use-texts.ts'
import { IdeaDialog } from './idea-dialog.tsx'
import { Standing } from './idea-standing.tsx'
import { nameOf, usePlaces, useVoters } from './use-places.ts'
import { VoteDialog } from './vote-dialog.tsx'

export type Idea = z.output<typeof Ideas>[number]

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
      </Card>
      {adding && <IdeaDialog hospitals={voters} onClose={() => setAdding(false)} />}
    </PageFrame>
  )
}

function IdeaTable({ ideas }: { readonly ideas: readonly Idea[] }) {
  const t = useTexts()
  const [voting, setVoting] = useState<Idea>()
  const columns = useIdeaColumns()
  const ofVotes = useVoteColumns()
  // A colleague hears no others' votes.
  const told = ideas.some(({ votes }) => votes !== null)
  const state: Column<Idea> = {
    key: 'state',
    title: t('programme.ideas.state'),
    show: (idea) => <Standing idea={idea} onVote={() => setVoting(idea)} />,
  }
  return (
    <>
      <DataTable
        caption={t('programme.ideas.caption')}
        columns={[...columns, ...(told ? ofVotes : []), state]}
        rows={ideas}
        rowKey={({ id }) => id}
        empty={<EmptyState title={t('programme.ideas.none')} hint={t('programme.ideas.none.hint')} />}
      />
      {told && (
        <Text size="sm" c="dimmed">
          {t('programme.ideas.weight.hint')}
        </Text>
      )}
      {voting && <VoteDialog idea={voting} onClose={() => setVoting(undefined)} />}
    </>
  )
}

function useIdeaColumns(): Column<Idea>[] {
  const t = useTexts()
  const { all } = usePlaces()
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
  ]
}

function useVoteColumns(): Column<Idea>[] {
  const t = useTexts()
  const { number } = useNumbers()
  return [
    {
      key: 'votes',
      title: t('programme.ideas.votes'),
      align: 'end',
      show: ({ votes }) => (votes === null ? '–' : number(votes)),
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

function Told({ idea: { title, explanation, mine } }: { readonly idea: Idea }) {
  const t = useTexts()
  return (
    <Stack gap={2} maw="48ch">
      <Text fw={600}>{title}</Text>
      {mine && <Text size="sm">{t('programme.ideas.mine')}</Text>}
      {explanation !== '' && (
        <Text size="sm" c="dimmed">
          {explanation}
        </Text>
      )}
    </Stack>
  )
}
