import { Button, Stack, Text } from '@mantine/core'
import { useState } from 'react'
import type { z } from 'zod'
import { AdoptionMatrix, Rounds } from '../../server/programme/adoption-schemas.ts'
import { Done } from '../../server/door/account-schemas.ts'
import { Asked } from '../shared/asked.tsx'
import { Card } from '../shared/card.tsx'
import { DataTable, type Column } from '../shared/data-table.tsx'
import { PageFrame } from '../shared/page-frame.tsx'
import { told } from '../shared/told.ts'
import { useAsk, useChange } from '../shared/use-ask.ts'
import { useTexts } from '../shared/use-texts.ts'
import { useBotTitle, type MatrixBot } from './bot-title.ts'
import { PlanDialog } from './plan-dialog.tsx'
import { useDay } from './use-day.ts'
import { nameOf, usePlaces } from './use-places.ts'

type Round = z.output<typeof Rounds>[number]

/** Half years, newest first: what was planned and what came into use. */
export default function RoundsPage() {
  const t = useTexts()
  const { own } = usePlaces()
  const rounds = useAsk(Rounds, '/api/programme/rounds')
  const matrix = useAsk(AdoptionMatrix, '/api/programme/adoption')
  const [planning, setPlanning] = useState(false)
  return (
    <PageFrame
      title={t('programme.rounds.title')}
      lead={t('programme.rounds.lead')}
      actions={
        own.length > 0 && <Button onClick={() => setPlanning(true)}>{t('programme.rounds.plan')}</Button>
      }
    >
      <Asked of={matrix}>
        {({ bots }) => (
          <>
            <Asked of={rounds}>
              {(found) => (
                <Stack gap="lg">
                  {found.map((round) => (
                    <RoundCard key={round.id} round={round} bots={bots} />
                  ))}
                </Stack>
              )}
            </Asked>
            {planning && <PlanDialog bots={bots} onClose={() => setPlanning(false)} />}
          </>
        )}
      </Asked>
    </PageFrame>
  )
}

interface Row {
  readonly hospital: string
  readonly bot: string
  readonly planned: boolean
  readonly live: string | undefined
}

function RoundCard({ round, bots }: { readonly round: Round; readonly bots: readonly MatrixBot[] }) {
  const t = useTexts()
  const [year = '', half] = round.id.split('-')
  const name = t(half === '1' ? 'programme.rounds.first' : 'programme.rounds.second', { year })
  const rows = rowsOf(round)
  if (rows.length === 0)
    return (
      <Card title={name}>
        <Text c="dimmed">{t('programme.rounds.none')}</Text>
      </Card>
    )
  const done = rows.filter(({ planned, live }) => planned && live !== undefined).length
  return (
    <Card title={name}>
      <Text>{t('programme.rounds.count', { live: done, planned: round.planned.length })}</Text>
      <RoundTable round={round} rows={rows} bots={bots} />
    </Card>
  )
}

interface RoundTableProps {
  readonly round: Round
  readonly rows: readonly Row[]
  readonly bots: readonly MatrixBot[]
}

function RoundTable({ round, rows, bots }: RoundTableProps) {
  const t = useTexts()
  const columns = useRoundColumns(bots)
  const unplan: Column<Row> = {
    key: 'unplan',
    title: t('programme.rounds.do'),
    show: (row) => row.planned && <Unplan round={round.id} row={row} />,
  }
  return (
    <DataTable
      caption={t('programme.rounds.caption', { round: round.id })}
      columns={[...columns, unplan]}
      rows={rows}
      rowKey={({ hospital, bot }) => `${hospital} ${bot}`}
    />
  )
}

function useRoundColumns(bots: readonly MatrixBot[]): Column<Row>[] {
  const t = useTexts()
  const day = useDay()
  const { all } = usePlaces()
  const botTitle = useBotTitle()
  const titleOf = (name: string) => botTitle(bots.find((bot) => bot.name === name) ?? { name, title: null })
  return [
    { key: 'bot', title: t('programme.bot'), show: ({ bot }) => titleOf(bot) },
    { key: 'hospital', title: t('programme.hospital'), show: ({ hospital }) => nameOf(all, hospital) },
    {
      key: 'planned',
      title: t('programme.rounds.planned'),
      show: ({ planned }) => t(planned ? 'programme.rounds.yes' : 'programme.rounds.no'),
    },
    {
      key: 'live',
      title: t('programme.rounds.live'),
      show: ({ live }) => (live === undefined ? t('programme.rounds.notyet') : day(live)),
    },
  ]
}

/** A button that takes a robot out of a round's plan, for who may. */
function Unplan({ round, row: { hospital, bot } }: { readonly round: string; readonly row: Row }) {
  const t = useTexts()
  const { own } = usePlaces()
  const change = useChange({ answer: Done, method: 'PUT', touches: ['/api/programme/rounds'] })
  if (!own.some(({ id }) => id === hospital)) return null
  const sent = { path: `/api/hospitals/${hospital}/rounds/${round}/${bot}`, body: { planned: false } }
  const unplan = () => change.mutate(sent, { onSuccess: () => told(t('programme.removed')) })
  return (
    <Button size="compact-sm" variant="default" loading={change.isPending} onClick={unplan}>
      {t('programme.rounds.unplan')}
    </Button>
  )
}

/** What was planned, then what came into use without a plan. */
function rowsOf({ planned, live }: Round): Row[] {
  const sinceOf = (hospital: string, bot: string) =>
    live.find((each) => each.hospital === hospital && each.bot === bot)?.since
  const unplanned = live.filter(
    ({ hospital, bot }) => !planned.some((each) => each.hospital === hospital && each.bot === bot),
  )
  return [
    ...planned.map(({ hospital, bot }) => ({ hospital, bot, planned: true, live: sinceOf(hospital, bot) })),
    ...unplanned.map(({ hospital, bot, since }) => ({ hospital, bot, planned: false, live: since })),
  ]
}
