import { Button, Group } from '@mantine/core'
import { useState } from 'react'
import type { z } from 'zod'
import { Storage, Versions } from '../../server/operate/storage-schemas.ts'
import { Asked } from '../shared/asked.tsx'
import { Card } from '../shared/card.tsx'
import { DataTable, type Column } from '../shared/data-table.tsx'
import { Facts } from '../shared/facts.tsx'
import { PageFrame } from '../shared/page-frame.tsx'
import { PageLink } from '../shared/page-link.tsx'
import { useAsk } from '../shared/use-ask.ts'
import { useNumbers } from '../shared/use-numbers.ts'
import { useHospital } from '../shared/use-path.ts'
import { useTexts } from '../shared/use-texts.ts'
import { ChangeDays } from './change-days.tsx'
import { useSize } from './use-size.ts'

type Group = z.output<typeof Storage>['groups'][number]
type Kept = z.output<typeof Storage>['retention'][number]

/** What runs, how much room it takes, and for how long what is kept. */
export default function StoragePage() {
  const t = useTexts()
  const { api } = useHospital()
  const versions = useAsk(Versions, `${api}/versions`)
  const storage = useAsk(Storage, `${api}/storage`)
  return (
    <PageFrame title={t('operate.storage.title')} lead={t('operate.storage.lead')}>
      <Card title={t('operate.storage.versions')}>
        <Asked of={versions}>{(known) => <VersionFacts versions={known} />}</Asked>
      </Card>
      <Asked of={storage}>
        {({ bytes, groups, retention, ...rest }) => (
          <>
            <Sizes bytes={bytes} groups={groups} />
            <Retention retention={retention} {...rest} />
          </>
        )}
      </Asked>
    </PageFrame>
  )
}

const VERSIONS = ['product', 'node', 'database', 'schema'] as const

const QUEUES = { postgres: 'PostgreSQL', redis: 'Redis' } as const

function VersionFacts({ versions }: { readonly versions: z.output<typeof Versions> }) {
  const t = useTexts()
  const plain = VERSIONS.map((name) => ({ title: t(`operate.storage.${name}`), value: versions[name] }))
  return (
    <Facts
      facts={[
        ...plain,
        { title: t('operate.storage.queue'), value: QUEUES[versions.queue] },
        { title: t('operate.storage.key'), value: t(`operate.storage.key.${versions.key}`) },
      ]}
    />
  )
}

function Sizes({ bytes, groups }: { readonly bytes: number; readonly groups: readonly Group[] }) {
  const t = useTexts()
  const size = useSize()
  const { number } = useNumbers()
  const title = t('operate.storage.sizes', { size: size(bytes) })
  const columns: Column<Group>[] = [
    {
      key: 'group',
      title: t('operate.storage.group'),
      show: ({ group }) => t(`operate.storage.group.${group}`),
    },
    {
      key: 'size',
      title: t('operate.storage.size'),
      show: (one) => size(one.bytes),
      sortBy: (one) => one.bytes,
      align: 'end',
    },
    {
      key: 'rows',
      title: t('operate.storage.rows'),
      show: ({ rows }) => number(rows),
      sortBy: ({ rows }) => rows,
      align: 'end',
    },
  ]
  return (
    <Card title={title}>
      <DataTable caption={title} columns={columns} rows={groups} rowKey={({ group }) => group} />
    </Card>
  )
}

interface RetentionProps {
  readonly retention: readonly Kept[]
  readonly accessYears: number
  readonly signInDays: number
}

function Retention({ retention, accessYears, signInDays }: RetentionProps) {
  const t = useTexts()
  const { api } = useHospital()
  const [changing, setChanging] = useState<Kept | undefined>()
  const setElsewhere = useSetElsewhere(accessYears, signInDays)
  const own = retention.map((kept) => ({
    title: t(`operate.storage.kept.${kept.what}`),
    value: <Days kept={kept} onChange={setChanging} />,
  }))
  return (
    <Card title={t('operate.storage.retention')}>
      <Facts facts={[...own, ...setElsewhere]} />
      {changing && (
        <ChangeDays
          path={`${api}/retention/${changing.what}`}
          touches={`${api}/storage`}
          title={`${t(`operate.storage.kept.${changing.what}`)}: ${t('operate.storage.question')}`}
          sentence={t('operate.storage.question.means')}
          label={t('operate.storage.question.days')}
          days={changing.days}
          least={30}
          mayBeEmpty
          onClose={() => setChanging(undefined)}
        />
      )}
    </Card>
  )
}

/** What is kept for as long as is set on another page, in the settings of the installation, or by nobody. */
function useSetElsewhere(accessYears: number, signInDays: number) {
  const t = useTexts()
  const { pages } = useHospital()
  return [
    {
      title: t('operate.storage.kept.messages'),
      value: <PageLink to={`${pages}/channels`}>{t('operate.channels.title')}</PageLink>,
    },
    {
      title: t('operate.storage.kept.access'),
      value: t('operate.storage.kept.years', { count: accessYears }),
    },
    {
      title: t('operate.signins.title'),
      value: t('operate.storage.kept.days', { count: signInDays }),
    },
  ]
}

function Days({ kept, onChange }: { readonly kept: Kept; readonly onChange: (kept: Kept) => void }) {
  const t = useTexts()
  const days =
    kept.days === null
      ? t('operate.storage.retention.ever')
      : t('operate.channels.days', { count: kept.days })
  return (
    <Group gap="xs">
      <span>{days}</span>
      <Button
        size="compact-xs"
        variant="default"
        aria-label={`${t(`operate.storage.kept.${kept.what}`)}: ${t('operate.storage.retention.change')}`}
        onClick={() => onChange(kept)}
      >
        {t('operate.storage.retention.change')}
      </Button>
    </Group>
  )
}
