import { Stack, Text } from '@mantine/core'
import { useTranslation } from 'react-i18next'
import { DataTable, type Column } from '../shared/data-table.tsx'
import { durationText } from '../shared/duration.tsx'
import { LocalTime } from '../shared/local-time.tsx'
import { rolesAt, useMe } from '../shared/me.ts'
import { PageLink } from '../shared/page-link.tsx'
import { useHospital } from '../shared/use-path.ts'
import { useCalled, useTexts } from '../shared/use-texts.ts'
import { WhatHappened } from '../shared/what-happened.tsx'
import type { Line } from './answers.ts'

/** So much of an id tells it from its neighbours. */
const TELLING = 8

interface LogTableProps {
  readonly rows: readonly Line[]
  readonly isLive?: boolean
  readonly more?: { readonly there: boolean; readonly busy: boolean; readonly fetch: () => void }
}

/** Lines of the run log. */
export function LogTable({ rows, isLive = false, more }: LogTableProps) {
  const t = useTexts()
  const columns: Column<Line>[] = [
    {
      key: 'at',
      title: t('operate.log.at'),
      show: ({ at }) => <LocalTime at={at} shape={isLive ? 'clock' : 'moment'} />,
    },
    { key: 'what', title: t('operate.log.what'), show: (line) => <What line={line} /> },
    { key: 'deployment', title: t('operate.log.deployment'), show: ({ deployment }) => deployment },
    { key: 'item', title: t('operate.log.item'), show: ({ item }) => <Item id={item} /> },
    { key: 'worker', title: t('operate.log.worker'), show: ({ worker }) => worker?.slice(0, TELLING) ?? '' },
    {
      key: 'took',
      title: t('operate.log.took'),
      show: ({ ms }) => <Unbroken text={ms === null ? '' : durationText(ms / 1000, t)} />,
      align: 'end',
    },
  ]
  return (
    <DataTable
      caption={isLive ? t('operate.log.live') : t('operate.log.title')}
      columns={columns}
      rows={rows}
      rowKey={({ id }) => String(id)}
      {...(more && { more })}
    />
  )
}

function Unbroken({ text }: { readonly text: string }) {
  return (
    <Text component="span" inherit style={{ whiteSpace: 'nowrap' }}>
      {text}
    </Text>
  )
}

/** An item's page is for the roles that may see items. */
function Item({ id }: { readonly id: string }) {
  const { id: hospital, pages } = useHospital()
  const roles = rolesAt(useMe(), hospital)
  const text = id.slice(0, TELLING)
  if (!roles.includes('administrator') && !roles.includes('auditor')) return text
  return <PageLink to={`${pages}/items/${id}`}>{text}</PageLink>
}

function What({ line }: { readonly line: Line }) {
  const { kind, attempt, code, sentence } = line
  const called = useCalled()
  const { t, i18n } = useTranslation()
  const key = `items.event.${kind}`
  return (
    <Stack gap={0}>
      <span className="breaks">{i18n.exists(key) ? t(key, { name: called(line), attempt }) : kind}</span>
      {sentence !== null && (
        <Text size="sm" c="dimmed" component="div">
          <WhatHappened code={code} sentence={sentence} />
        </Text>
      )}
    </Stack>
  )
}
