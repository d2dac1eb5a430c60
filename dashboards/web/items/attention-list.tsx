import { Button, Group, Stack, Text } from '@mantine/core'
import { Done } from '../../server/door/account-schemas.ts'
import { EmptyState } from '../shared/empty-state.tsx'
import { LocalTime } from '../shared/local-time.tsx'
import { PageLink } from '../shared/page-link.tsx'
import { StateBadge, type StateTone } from '../shared/state-badge.tsx'
import { told } from '../shared/told.ts'
import { useChange } from '../shared/use-ask.ts'
import { useHospital } from '../shared/use-path.ts'
import { useTexts } from '../shared/use-texts.ts'
import { WhatHappened } from '../shared/what-happened.tsx'
import type { Attention } from './answers.ts'
import { attentionTarget } from './attention-target.ts'
import { useAdministers } from './use-administers.ts'

const TONES: Readonly<Record<Attention['kind'], StateTone>> = {
  'no-worker': 'bad',
  stopped: 'bad',
  'circuit-open': 'bad',
  'sign-in': 'bad',
  'not-fired': 'bad',
  'run-failed': 'bad',
  overdue: 'attention',
  unsure: 'attention',
  parked: 'attention',
  alarm: 'attention',
  'without-baseline': 'attention',
  remeasure: 'quiet',
  held: 'quiet',
}

/** Of which kinds the moment is since when, and of which until when. */
const WHEN: Partial<Record<Attention['kind'], 'since' | 'until' | 'next'>> = {
  stopped: 'since',
  'circuit-open': 'next',
  'not-fired': 'since',
  'run-failed': 'since',
  overdue: 'since',
  unsure: 'since',
  parked: 'since',
  alarm: 'since',
  'without-baseline': 'since',
  remeasure: 'since',
  held: 'until',
}

/** What needs a person, the most pressing first, each with a sentence and the way to it. */
export function AttentionList({ rows }: { readonly rows: readonly Attention[] }) {
  const t = useTexts()
  if (rows.length === 0) return <EmptyState title={t('items.today.calm')} hint={t('items.today.calm.hint')} />
  return (
    <Stack component="ul" gap="xs" className="attention-list">
      {rows.map((row) => (
        <Row
          key={[row.kind, row.deployment, row.system, row.trigger, row.alarm, row.variant].join(' ')}
          row={row}
        />
      ))}
    </Stack>
  )
}

function Row({ row }: { readonly row: Attention }) {
  const t = useTexts()
  const hospital = useHospital()
  const target = attentionTarget(row, hospital.pages)
  const { kind, count, deployment, system, trigger, code, sentence } = row
  const values = {
    deployment: deployment ?? '',
    system: system ?? '',
    trigger: trigger ?? '',
    variant: row.variant ?? '',
    sentence: sentence ?? '',
  }
  const when = WHEN[row.kind]
  return (
    <Group component="li" justify="space-between" gap="sm" align="start">
      <Group gap="sm" align="start" flex="1 1 280px">
        <StateBadge tone={TONES[row.kind]} text={t(`items.attention.kind.${row.kind}`)} />
        <Text component="div" size="sm" className="breaks" flex="1 1 200px">
          {kind !== 'alarm' && `${t(`items.attention.${kind}`, { ...values, count: count ?? 1 })} `}
          {sentence !== null && kind !== 'held' && <WhatHappened code={code} sentence={sentence} />}
          {row.items.length > 0 && <Causes items={row.items} pages={hospital.pages} />}
          {row.at !== null && when && (
            <Text component="div" size="sm" c="dimmed">
              {t(`items.attention.${when}`)} <LocalTime at={row.at} />
            </Text>
          )}
        </Text>
      </Group>
      <Group gap="sm" wrap="nowrap">
        {target && (
          <PageLink to={target.to} search={target.search} size="sm">
            {t('items.today.look')}
          </PageLink>
        )}
        {row.alarm !== null && <CloseAlarm alarm={row.alarm} />}
      </Group>
    </Group>
  )
}

/** The items that caused an alarm. */
function Causes({ items, pages }: { readonly items: readonly string[]; readonly pages: string }) {
  const t = useTexts()
  return (
    <Group component="ul" gap="sm" className="attention-causes" aria-label={t('items.attention.causes')}>
      {items.map((item) => (
        <li key={item}>
          <PageLink to={`${pages}/items/${item}`} size="sm">
            {t('items.attention.cause', { item: item.slice(0, 8) })}
          </PageLink>
        </li>
      ))}
    </Group>
  )
}

function CloseAlarm({ alarm }: { readonly alarm: number }) {
  const t = useTexts()
  const { api } = useHospital()
  const mayClose = useAdministers()
  const close = useChange({ answer: Done, touches: [`${api}/today`] })
  if (!mayClose) return null
  const seen = () =>
    close.mutate({ path: `${api}/alarms/${alarm}/close` }, { onSuccess: () => told(t('items.today.closed')) })
  return (
    <Button size="compact-sm" variant="default" loading={close.isPending} onClick={seen}>
      {t('items.today.close')}
    </Button>
  )
}
