import { Group, Stack, Text } from '@mantine/core'
import type { z } from 'zod'
import type { Today } from '../../server/items/today-schemas.ts'
import { DataTable, type Column } from '../shared/data-table.tsx'
import { EmptyState } from '../shared/empty-state.tsx'
import { LocalTime } from '../shared/local-time.tsx'
import { PageLink } from '../shared/page-link.tsx'
import { ModeBadge, StateBadge } from '../shared/state-badge.tsx'
import { useHospital } from '../shared/use-path.ts'
import { useInLanguage, useTexts, type Texts } from '../shared/use-texts.ts'
import { TrendBars } from './trend-bars.tsx'

type DeploymentToday = z.output<typeof Today>['deployments'][number]

/** Each deployment: how it stands, its last and next run, and what was done. */
export function DeploymentsToday({ rows }: { readonly rows: readonly DeploymentToday[] }) {
  const t = useTexts()
  const { pages } = useHospital()
  const columns: Column<DeploymentToday>[] = [
    {
      key: 'id',
      title: t('items.today.deployment'),
      sortBy: ({ id }) => id,
      show: (row) => <Name row={row} to={`${pages}/deployments/${row.id}`} />,
    },
    { key: 'runs', title: t('items.today.runs'), show: (row) => <Runs row={row} /> },
    { key: 'queued', title: t('items.today.open'), align: 'end', show: (row) => queuedText(row, t) },
    {
      key: 'today',
      title: t('items.today.today'),
      sortBy: ({ doneToday }) => doneToday,
      show: (row) => <DoneToday row={row} />,
    },
    {
      key: 'waiting',
      title: t('items.today.waiting'),
      align: 'end',
      sortBy: ({ parked }) => parked,
      show: (row) => <Waiting row={row} to={`${pages}/worklist`} />,
    },
    { key: 'trend', title: t('items.today.trend'), show: ({ trend }) => <TrendBars days={trend} /> },
  ]
  return (
    <DataTable
      caption={t('items.today.deployments')}
      columns={columns}
      rows={rows}
      rowKey={({ id }) => id}
      empty={<EmptyState title={t('items.today.none')} hint={t('items.today.none.hint')} />}
    />
  )
}

interface CellProps {
  readonly row: DeploymentToday
}

function Name({ row, to }: CellProps & { readonly to: string }) {
  const inLanguage = useInLanguage()
  return (
    <Stack gap={2} align="start">
      <PageLink to={to}>{row.botTitle ? inLanguage(row.botTitle) : row.bot}</PageLink>
      <Text size="sm" c="dimmed">
        {row.id}
      </Text>
      <Standing row={row} />
    </Stack>
  )
}

function DoneToday({ row: { doneToday, parkedToday } }: CellProps) {
  const t = useTexts()
  return (
    <Stack gap={0}>
      <span>{t('items.today.done', { count: doneToday })}</span>
      <span>{t('items.today.parked', { count: parkedToday })}</span>
    </Stack>
  )
}

function Waiting({ row: { id, parked }, to }: CellProps & { readonly to: string }) {
  if (parked === 0) return 0
  return (
    <PageLink to={to} search={{ deployment: id }}>
      {parked}
    </PageLink>
  )
}

const queuedText = ({ queued, busy }: DeploymentToday, t: Texts): string =>
  busy === 0 ? String(queued) : `${queued} (${t('items.today.busy', { count: busy })})`

function Standing({ row }: CellProps) {
  const t = useTexts()
  return (
    <Group gap={4}>
      <ModeBadge mode={row.mode} />
      {row.stoppedAt !== null && <StateBadge tone="bad" text={t('items.today.stopped')} />}
    </Group>
  )
}

function Runs({ row }: CellProps) {
  const t = useTexts()
  const { lastRunAt, lastRunState, nextAt } = row
  const words = {
    waiting: t('items.today.running'),
    collecting: t('items.today.running'),
    failed: t('items.today.failed'),
    collected: t('items.today.found', { found: row.lastRunFound ?? 0, added: row.lastRunAdded ?? 0 }),
  }
  return (
    <Stack gap={0}>
      <Text size="sm">
        {t('items.today.last')}: {lastRunAt === null ? t('items.today.never') : <LocalTime at={lastRunAt} />}
      </Text>
      {lastRunState !== null && (
        <Text size="sm" c={lastRunState === 'failed' ? 'red' : 'dimmed'}>
          {words[lastRunState]}
        </Text>
      )}
      <Text size="sm">
        {t('items.today.next')}: {nextAt === null ? '–' : <LocalTime at={nextAt} />}
      </Text>
    </Stack>
  )
}
