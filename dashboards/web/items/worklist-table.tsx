import { Button, Group, Stack, Text } from '@mantine/core'
import { useState } from 'react'
import { DataTable, type Column } from '../shared/data-table.tsx'
import { EmptyState } from '../shared/empty-state.tsx'
import { LocalTime } from '../shared/local-time.tsx'
import { ButtonLink } from '../shared/page-link.tsx'
import { StateBadge } from '../shared/state-badge.tsx'
import { useHospital } from '../shared/use-path.ts'
import { useInLanguage, useTexts } from '../shared/use-texts.ts'
import { WhatHappened } from '../shared/what-happened.tsx'
import type { Waiting } from './answers.ts'

interface WorklistTableProps {
  readonly account: string
  readonly rows: readonly Waiting[]
  readonly onAssign: (item: Waiting) => void
  readonly onLetPass: (item: Waiting) => void
}

/** Those that wait longest stand first; nobody looks through hundreds at once. */
const AT_ONCE = 50

/** What waits for a person, with what is the matter and whose it is. */
export function WorklistTable({ account, rows, onAssign, onLetPass }: WorklistTableProps) {
  const t = useTexts()
  const [shown, setShown] = useState(AT_ONCE)
  const columns: Column<Waiting>[] = [
    { key: 'why', title: t('items.work.why'), show: (row) => <Why row={row} /> },
    { key: 'bot', title: t('items.list.bot'), show: (row) => <Robot row={row} /> },
    { key: 'reference', title: t('items.list.reference'), show: ({ reference }) => reference },
    {
      key: 'since',
      title: t('items.work.since'),
      show: ({ parkedAt, arrivedAt }) => <LocalTime at={parkedAt ?? arrivedAt} />,
    },
    {
      key: 'who',
      title: t('items.work.who'),
      show: ({ takenBy }) =>
        takenBy === null ? t('items.work.nobody') : takenBy === account ? t('items.work.mine') : takenBy,
    },
    {
      key: 'do',
      title: t('items.work.do'),
      show: (row) => <Doing {...{ row, account, onAssign, onLetPass }} />,
    },
  ]
  return (
    <DataTable
      caption={t('items.work.caption')}
      columns={columns}
      rows={rows.slice(0, shown)}
      rowKey={({ id }) => id}
      more={{ there: rows.length > shown, busy: false, fetch: () => setShown(shown + AT_ONCE) }}
      empty={<EmptyState title={t('items.work.empty')} hint={t('items.work.empty.hint')} />}
    />
  )
}

function Robot({ row: { bot, botTitle, deployment } }: { readonly row: Waiting }) {
  const inLanguage = useInLanguage()
  return (
    <Stack gap={0}>
      <span>{botTitle ? inLanguage(botTitle) : bot}</span>
      <Text size="sm" c="dimmed">
        {deployment}
      </Text>
    </Stack>
  )
}

function Why({
  row: { code, sentence, parkedKind, unsurePress, actsDone, holds },
}: {
  readonly row: Waiting
}) {
  const t = useTexts()
  const kinds = {
    business: t('items.work.business'),
    technical: t('items.work.technical'),
    unsure: t('items.work.unknown'),
  }
  const tone = parkedKind === 'business' ? 'attention' : 'bad'
  return (
    <Stack gap={2} align="start" maw="46ch">
      <StateBadge tone={tone} text={kinds[parkedKind]} />
      <Text size="sm" className="breaks" lineClamp={4}>
        <WhatHappened brief code={code} sentence={sentence} />
      </Text>
      {unsurePress && <Text size="sm">{t('items.work.unsure')}</Text>}
      {holds > 0 && <Text size="sm">{t('items.work.holds', { count: holds })}</Text>}
      {actsDone > 0 && <Text size="sm">{t('items.work.acts', { count: actsDone })}</Text>}
    </Stack>
  )
}

interface DoingProps {
  readonly row: Waiting
  readonly account: string
  readonly onAssign: (item: Waiting) => void
  readonly onLetPass: (item: Waiting) => void
}

function Doing({ row, account, onAssign, onLetPass }: DoingProps) {
  const t = useTexts()
  const { pages } = useHospital()
  const { id, reference, takenBy } = row
  const may = takenBy === null || takenBy === account
  return (
    <Group gap="xs">
      {may && (
        <ButtonLink
          size="compact-sm"
          to={`${pages}/worklist/${id}`}
          aria-label={t('items.work.open.one', { reference })}
        >
          {t('items.work.open')}
        </ButtonLink>
      )}
      <Button
        size="compact-sm"
        variant="default"
        aria-label={t('items.work.assign.one', { reference })}
        onClick={() => onAssign(row)}
      >
        {t('items.work.assign')}
      </Button>
      {row.holds > 0 && (
        <Button
          size="compact-sm"
          variant="default"
          aria-label={t('items.work.letpass.one', { reference })}
          onClick={() => onLetPass(row)}
        >
          {t('items.work.letpass')}
        </Button>
      )}
    </Group>
  )
}
