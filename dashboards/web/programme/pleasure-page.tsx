import { Button, Text } from '@mantine/core'
import { useState } from 'react'
import type { z } from 'zod'
import { AdoptionMatrix } from '../../server/programme/adoption-schemas.ts'
import { PleasureScores } from '../../server/programme/idea-schemas.ts'
import { Asked } from '../shared/asked.tsx'
import { Card } from '../shared/card.tsx'
import { DataTable, type Column } from '../shared/data-table.tsx'
import { EmptyState } from '../shared/empty-state.tsx'
import { PageFrame } from '../shared/page-frame.tsx'
import { useAsk } from '../shared/use-ask.ts'
import { useNumbers } from '../shared/use-numbers.ts'
import { useTexts } from '../shared/use-texts.ts'
import { useBotTitle, type MatrixBot } from './bot-title.ts'
import { PleasureDialog } from './pleasure-dialog.tsx'
import { nameOf, usePlaces } from './use-places.ts'

type Score = z.output<typeof PleasureScores>[number]
interface Row {
  readonly hospital: string
  readonly department: string
  readonly bot: string
  readonly before: Score | undefined
  readonly after: Score | undefined
}

/** What colleagues give their work, before and after. */
export default function PleasurePage() {
  const t = useTexts()
  const { own } = usePlaces()
  const scores = useAsk(PleasureScores, '/api/programme/pleasure')
  const matrix = useAsk(AdoptionMatrix, '/api/programme/adoption')
  const [recording, setRecording] = useState(false)
  return (
    <PageFrame
      title={t('programme.pleasure.title')}
      lead={t('programme.pleasure.lead')}
      actions={
        own.length > 0 && <Button onClick={() => setRecording(true)}>{t('programme.pleasure.record')}</Button>
      }
    >
      <Card>
        <Asked of={matrix}>
          {({ bots }) => (
            <>
              <Asked of={scores}>{(found) => <PleasureTable scores={found} bots={bots} />}</Asked>
              {recording && <PleasureDialog bots={bots} onClose={() => setRecording(false)} />}
            </>
          )}
        </Asked>
        <Text size="sm" c="dimmed">
          {t('programme.pleasure.withheldnote')}
        </Text>
      </Card>
    </PageFrame>
  )
}

interface TableProps {
  readonly scores: readonly Score[]
  readonly bots: readonly MatrixBot[]
}

function PleasureTable({ scores, bots }: TableProps) {
  const t = useTexts()
  const { all } = usePlaces()
  const { number } = useNumbers()
  const botTitle = useBotTitle()
  const told = (score: Score | undefined) => {
    if (!score) return '–'
    if (score.score === null || score.respondents === null) return t('programme.withheld')
    return t('programme.pleasure.people', { score: number(Number(score.score), 1), count: score.respondents })
  }
  const columns: Column<Row>[] = [
    {
      key: 'department',
      title: t('programme.department'),
      show: ({ department }) => department,
      sortBy: ({ department }) => department,
    },
    { key: 'hospital', title: t('programme.hospital'), show: ({ hospital }) => nameOf(all, hospital) },
    {
      key: 'bot',
      title: t('programme.bot'),
      show: ({ bot }) => botTitle(bots.find(({ name }) => name === bot) ?? { name: bot, title: null }),
    },
    { key: 'before', title: t('programme.pleasure.before'), show: ({ before }) => told(before) },
    { key: 'after', title: t('programme.pleasure.after'), show: ({ after }) => told(after) },
  ]
  return (
    <DataTable
      caption={t('programme.pleasure.caption')}
      columns={columns}
      rows={rowsOf(scores)}
      rowKey={({ hospital, department, bot }) => JSON.stringify([hospital, department, bot])}
      empty={<EmptyState title={t('programme.pleasure.none')} hint={t('programme.pleasure.none.hint')} />}
    />
  )
}

function rowsOf(scores: readonly Score[]): Row[] {
  const groups = Map.groupBy(scores, ({ hospital, department, bot }) =>
    JSON.stringify([hospital, department, bot]),
  )
  return [...groups.values()].flatMap((group) => {
    const [first] = group
    if (!first) return []
    const { hospital, department, bot } = first
    const at = (moment: Score['moment']) => group.find((score) => score.moment === moment)
    return [{ hospital, department, bot, before: at('before'), after: at('after') }]
  })
}
