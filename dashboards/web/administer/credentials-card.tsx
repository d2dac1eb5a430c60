import { Group, Stack, Text } from '@mantine/core'
import { Card } from '../shared/card.tsx'
import { LocalTime } from '../shared/local-time.tsx'
import { StateBadge } from '../shared/state-badge.tsx'
import { useLanguage, useTexts } from '../shared/use-texts.ts'
import type { System } from './answers.ts'
import { EnterCredentials } from './enter-credentials.tsx'
import { longDay } from './long-day.ts'

type Credential = System['credentials'][number]

/** What robots sign in with here: entered or not, by whom, and until when. It goes in and never comes out. */
export function CredentialsCard({ system, today }: { readonly system: System; readonly today: string }) {
  const t = useTexts()
  return (
    <Card title={t('administer.systems.credentials')}>
      <Text>{t('administer.credentials.why')}</Text>
      {system.credentials.length === 0 && <Text>{t('administer.credentials.unneeded')}</Text>}
      {system.credentials.map((credential) => (
        <Group key={credential.part} justify="space-between" align="start" gap="sm">
          <CredentialFacts credential={credential} today={today} />
          <EnterCredentials system={system} part={credential.part} />
        </Group>
      ))}
    </Card>
  )
}

function CredentialFacts({ credential, today }: { readonly credential: Credential; readonly today: string }) {
  const t = useTexts()
  const language = useLanguage()
  const { part, entered, enteredAt, enteredBy, renewOn } = credential
  return (
    <Stack gap={2}>
      <Group gap="xs">
        <Text fw={600}>{t(`administer.credentials.part.${part}`)}</Text>
        <StateBadge
          tone={entered ? 'good' : 'attention'}
          text={t(entered ? 'administer.credentials.entered' : 'administer.credentials.missing')}
        />
      </Group>
      {enteredAt !== null && (
        <Text size="sm" c="dimmed">
          {t('administer.credentials.at')} <LocalTime at={enteredAt} shape="day" />
          {enteredBy !== null && ` · ${enteredBy}`}
        </Text>
      )}
      {renewOn !== null && (
        <Text size="sm" {...(renewOn <= today && { c: 'red' })}>
          {t('administer.credentials.renew', { day: longDay(renewOn, language) })}
        </Text>
      )}
    </Stack>
  )
}
