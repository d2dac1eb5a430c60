import { Stack, Text } from '@mantine/core'
import type { z } from 'zod'
import { Queue } from '../../server/operate/worker-schemas.ts'
import { Asked } from '../shared/asked.tsx'
import { Card } from '../shared/card.tsx'
import { DataTable, type Column } from '../shared/data-table.tsx'
import { EmptyState } from '../shared/empty-state.tsx'
import { Facts } from '../shared/facts.tsx'
import { LocalTime } from '../shared/local-time.tsx'
import { PageFrame } from '../shared/page-frame.tsx'
import { StateBadge } from '../shared/state-badge.tsx'
import { useAsk } from '../shared/use-ask.ts'
import { useNumbers } from '../shared/use-numbers.ts'
import { useHospital } from '../shared/use-path.ts'
import { useInLanguage, useTexts } from '../shared/use-texts.ts'

type Waiting = z.output<typeof Queue>['deployments'][number]

const ASK_AGAIN_MS = 5_000

/** What waits for each deployment, since when, and why nothing of it is taken. */
export default function QueuePage() {
  const t = useTexts()
  const { api } = useHospital()
  const queue = useAsk(Queue, `${api}/queue`, { every: ASK_AGAIN_MS })
  return (
    <PageFrame title={t('operate.queue.title')} lead={t('operate.queue.lead')}>
      <Asked of={queue}>
        {({ deployments, doorbell }) => (
          <>
            <Card>
              <QueueTable rows={deployments} />
            </Card>
            <Doorbell doorbell={doorbell} />
          </>
        )}
      </Asked>
    </PageFrame>
  )
}

function QueueTable({ rows }: { readonly rows: readonly Waiting[] }) {
  const t = useTexts()
  const inLanguage = useInLanguage()
  const figure = useFigureColumn()
  const columns: Column<Waiting>[] = [
    {
      key: 'deployment',
      title: t('operate.queue.deployment'),
      show: (row) => <Deployment row={row} />,
      sortBy: ({ title }) => inLanguage(title),
    },
    { key: 'held', title: t('operate.queue.held'), show: ({ heldBy }) => <GoesOn heldBy={heldBy} /> },
    figure('waiting', t('operate.queue.waiting')),
    figure('due', t('operate.queue.due')),
    {
      key: 'oldest',
      title: t('operate.queue.oldest'),
      show: ({ oldestDueAt }) => (oldestDueAt === null ? '–' : <LocalTime at={oldestDueAt} />),
      sortBy: ({ oldestDueAt }) => oldestDueAt,
    },
    figure('inHand', t('operate.queue.hand')),
    figure('unsure', t('operate.queue.unsure')),
    figure('parked', t('operate.queue.parked')),
  ]
  return (
    <DataTable
      caption={t('operate.queue.title')}
      columns={columns}
      rows={rows}
      rowKey={({ deployment }) => deployment}
      empty={<EmptyState title={t('operate.queue.none')} />}
    />
  )
}

type FigureName = 'waiting' | 'due' | 'inHand' | 'unsure' | 'parked'

function useFigureColumn(): (key: FigureName, title: string) => Column<Waiting> {
  const { number } = useNumbers()
  return (key, title) => ({
    ...{ key, title, align: 'end' },
    show: (row) => number(row[key]),
    sortBy: (row) => row[key],
  })
}

function Deployment({ row: { title, deployment } }: { readonly row: Waiting }) {
  const inLanguage = useInLanguage()
  return (
    <Stack gap={0}>
      <span>{inLanguage(title)}</span>
      <Text size="sm" c="dimmed" className="breaks">
        {deployment}
      </Text>
    </Stack>
  )
}

function GoesOn({ heldBy }: Pick<Waiting, 'heldBy'>) {
  const t = useTexts()
  if (heldBy === null) return <StateBadge tone="good" text={t('operate.queue.goes')} />
  return <StateBadge tone={heldBy === 'off' ? 'quiet' : 'attention'} text={t(`operate.queue.${heldBy}`)} />
}

function Doorbell({ doorbell }: Pick<z.output<typeof Queue>, 'doorbell'>) {
  const t = useTexts()
  const { number } = useNumbers()
  const counted = (['waiting', 'active', 'delayed'] as const).map((name) => ({
    title: t(`operate.queue.doorbell.${name}`),
    value: number(doorbell[name]),
  }))
  return (
    <Card title={t('operate.queue.doorbell')}>
      <Facts
        facts={[
          { title: t('operate.queue.doorbell.backend'), value: BACKENDS[doorbell.backend] },
          ...counted,
        ]}
      />
    </Card>
  )
}

const BACKENDS = { postgres: 'PostgreSQL', redis: 'Redis' } as const
