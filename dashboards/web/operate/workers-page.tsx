import { Button, Group, Stack, Text } from '@mantine/core'
import { useState } from 'react'
import { Workers } from '../../server/operate/worker-schemas.ts'
import { Asked } from '../shared/asked.tsx'
import { Card } from '../shared/card.tsx'
import { DataTable, type Column } from '../shared/data-table.tsx'
import { EmptyState } from '../shared/empty-state.tsx'
import { LocalTime } from '../shared/local-time.tsx'
import { PageFrame } from '../shared/page-frame.tsx'
import { useAsk } from '../shared/use-ask.ts'
import { useHospital } from '../shared/use-path.ts'
import { useTexts } from '../shared/use-texts.ts'
import type { Worker } from './answers.ts'
import { SteerWorker, type Steering } from './steer-worker.tsx'
import { WorkerState } from './worker-state.tsx'

/** A worker looks every two seconds what is wanted of it. */
const ASK_AGAIN_MS = 2_000

/** The workers, what they do now, and a way to empty or stop one. */
export default function WorkersPage() {
  const t = useTexts()
  const { api } = useHospital()
  const workers = useAsk(Workers, `${api}/workers`, { every: ASK_AGAIN_MS })
  const [steering, setSteering] = useState<Steering | undefined>()
  return (
    <PageFrame title={t('operate.workers.title')} lead={t('operate.workers.lead')}>
      <Card>
        <Asked of={workers}>{(rows) => <WorkerTable rows={rows} onSteer={setSteering} />}</Asked>
      </Card>
      {steering && <SteerWorker steering={steering} onClose={() => setSteering(undefined)} />}
    </PageFrame>
  )
}

interface WorkerTableProps {
  readonly rows: readonly Worker[]
  readonly onSteer: (steering: Steering) => void
}

function WorkerTable({ rows, onSteer }: WorkerTableProps) {
  const t = useTexts()
  const columns: Column<Worker>[] = [
    {
      key: 'host',
      title: t('operate.workers.host'),
      show: (worker) => <Machine worker={worker} />,
      sortBy: ({ host }) => host,
    },
    { key: 'state', title: t('operate.workers.state'), show: (worker) => <WorkerState worker={worker} /> },
    { key: 'hands', title: t('operate.workers.hands'), show: (worker) => <Hands worker={worker} /> },
    {
      key: 'capacity',
      title: t('operate.workers.capacity'),
      show: ({ concurrency }) => concurrency,
      align: 'end',
    },
    { key: 'version', title: t('operate.workers.version'), show: ({ version }) => version },
    {
      key: 'heartbeat',
      title: t('operate.workers.heartbeat'),
      show: ({ heartbeatAt }) => <LocalTime at={heartbeatAt} shape="clock" />,
    },
    {
      key: 'do',
      title: t('operate.workers.do'),
      show: (worker) => <Buttons worker={worker} onSteer={onSteer} />,
    },
  ]
  const empty = <EmptyState title={t('operate.workers.none')} hint={t('operate.workers.none.hint')} />
  return (
    <DataTable
      caption={t('operate.workers.title')}
      columns={columns}
      rows={rows}
      rowKey={({ id }) => id}
      empty={empty}
    />
  )
}

function Machine({ worker: { host, pid } }: { readonly worker: Worker }) {
  const t = useTexts()
  return (
    <Stack gap={0}>
      <span className="breaks">{host}</span>
      <Text size="sm" c="dimmed">
        {t('operate.workers.process', { pid })}
      </Text>
    </Stack>
  )
}

function Hands({ worker: { hands } }: { readonly worker: Worker }) {
  const t = useTexts()
  if (hands.length === 0) return t('operate.workers.hands.none')
  const which = [...new Set(hands.map(({ deployment }) => deployment))].join(', ')
  return t('operate.workers.hands', { count: hands.length, which })
}

function Buttons({
  worker,
  onSteer,
}: {
  readonly worker: Worker
  readonly onSteer: (steering: Steering) => void
}) {
  const t = useTexts()
  if (worker.lost || worker.wanted === 'stop') return null
  const wishes = worker.wanted === 'work' ? (['drain', 'stop'] as const) : (['work', 'stop'] as const)
  return (
    <Group gap="xs" className="buttons">
      {wishes.map((wanted) => (
        <Button key={wanted} size="xs" variant="default" onClick={() => onSteer({ worker, wanted })}>
          {t(`operate.worker.${wanted}`)}
        </Button>
      ))}
    </Group>
  )
}
