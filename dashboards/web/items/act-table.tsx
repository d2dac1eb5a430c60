import { Text } from '@mantine/core'
import { DataTable, type Column } from '../shared/data-table.tsx'
import { LocalTime } from '../shared/local-time.tsx'
import { StateBadge, type StateTone } from '../shared/state-badge.tsx'
import { useCalled, useTexts } from '../shared/use-texts.ts'
import type { Story } from './answers.ts'

type Act = Story['acts'][number]

const TONES: Readonly<Record<Act['state'], StateTone>> = { armed: 'attention', void: 'quiet', done: 'good' }

/** What was changed at the hospital's systems: found, armed, pressed, confirmed. */
export function ActTable({ acts }: { readonly acts: readonly Act[] }) {
  const t = useTexts()
  const called = useCalled()
  const time = (at: string | null) => (at === null ? '–' : <LocalTime at={at} shape="clock" />)
  const columns: Column<Act>[] = [
    {
      key: 'act',
      title: t('items.one.act'),
      show: (act) => (act.key === '' ? called(act) : `${called(act)} (${act.key})`),
    },
    {
      key: 'state',
      title: t('items.one.act.state'),
      show: ({ state }) => <StateBadge tone={TONES[state]} text={t(`items.act.${state}`)} />,
    },
    {
      key: 'how',
      title: t('items.one.act.found'),
      show: ({ how }) => (how === null ? '–' : t(`items.how.${how}`)),
    },
    { key: 'armed', title: t('items.one.act.armed'), show: ({ armedAt }) => time(armedAt) },
    { key: 'pressed', title: t('items.one.act.pressed'), show: ({ pressedAt }) => time(pressedAt) },
    { key: 'confirmed', title: t('items.one.act.confirmed'), show: ({ finishedAt }) => time(finishedAt) },
    { key: 'reference', title: t('items.one.act.reference'), show: ({ reference }) => reference ?? '–' },
  ]
  return (
    <DataTable
      caption={t('items.one.acts')}
      columns={columns}
      rows={acts}
      rowKey={({ name, key }) => JSON.stringify([name, key])}
      empty={<Text c="dimmed">{t('items.one.acts.none')}</Text>}
    />
  )
}
