import { Alert, List, Stack, Text, Title } from '@mantine/core'
import type { z } from 'zod'
import type { Trial } from '../../server/administer/draft-schemas.ts'
import { PageLink } from '../shared/page-link.tsx'
import { ItemStateBadge, StateBadge } from '../shared/state-badge.tsx'
import { useHospital } from '../shared/use-path.ts'
import { useCalled, useTexts } from '../shared/use-texts.ts'
import { WhatHappened } from '../shared/what-happened.tsx'
import { RevealPayload } from './reveal-payload.tsx'

type Progress = NonNullable<z.output<typeof Trial>>
type Item = NonNullable<Progress['item']>

/** Whether nothing more will come of it. */
export function hasEnded({ run, item }: Progress): boolean {
  if (item) return ['done', 'parked', 'cancelled'].includes(item.state)
  return run?.state === 'failed' || run?.state === 'collected'
}

/** How trying goes: looking for an item, what was done, and what would have been pressed. */
export function TrialProgress({ trial, path }: { readonly trial: Progress; readonly path: string }) {
  const t = useTexts()
  const { run, item } = trial
  if (item) return <ItemTried item={item} path={path} />
  if (run?.state === 'failed')
    return (
      <Alert color="red" variant="light" title={t('administer.trial.failed')}>
        <WhatHappened code="run-failed" sentence={run.reason} />
      </Alert>
    )
  if (run?.state === 'collected') return <Text>{t('administer.trial.nothing')}</Text>
  return <Text>{t('administer.trial.looking')}</Text>
}

function ItemTried({ item, path }: { readonly item: Item; readonly path: string }) {
  const t = useTexts()
  const { pages } = useHospital()
  return (
    <Stack gap="sm">
      <Title order={3}>{t('administer.trial.item')}</Title>
      <Text component="div">
        <PageLink to={`${pages}/items/${item.id}`}>{item.reference}</PageLink>{' '}
        <ItemStateBadge state={item.state} />
      </Text>
      {item.sentence !== null && (
        <Text component="div">
          <WhatHappened code={item.code} sentence={item.sentence} />
        </Text>
      )}
      <Steps item={item} />
      {item.state === 'done' && <Acts item={item} path={path} />}
      {item.state === 'done' && <Text size="sm">{t('administer.trial.byhand')}</Text>}
    </Stack>
  )
}

function Steps({ item: { steps } }: { readonly item: Item }) {
  const t = useTexts()
  const called = useCalled()
  if (steps.length === 0) return null
  return (
    <Stack gap={2}>
      <Text fw={600} size="sm">
        {t('administer.trial.steps')}
      </Text>
      <List size="sm">
        {steps.map(({ name, title, failed }, place) => (
          <List.Item key={`${place} ${name}`}>
            {called({ name, title })}{' '}
            {failed && <StateBadge tone="bad" text={t('administer.system.wrong')} />}
          </List.Item>
        ))}
      </List>
    </Stack>
  )
}

function Acts({ item, path }: { readonly item: Item; readonly path: string }) {
  const t = useTexts()
  const called = useCalled()
  if (item.acts.length === 0) return <Text>{t('administer.trial.noacts')}</Text>
  return (
    <Stack gap="xs">
      <Text fw={600} size="sm">
        {t('administer.trial.acts')}
      </Text>
      <List size="sm" spacing={4}>
        {item.acts.map(({ name, title, how, fields }, place) => (
          <List.Item key={`${place} ${name}`}>
            {called({ name, title })}{' '}
            <StateBadge
              tone={how === 'shadow' ? 'busy' : 'good'}
              text={t(how === 'shadow' ? 'administer.trial.wouldpress' : 'administer.trial.there')}
            />
            {fields.length > 0 && (
              <Text size="sm" c="dimmed" className="breaks">
                {t('administer.trial.fields', { fields: fields.join(', ') })}
              </Text>
            )}
          </List.Item>
        ))}
      </List>
      <RevealPayload path={path} />
    </Stack>
  )
}
