import { Group, List, Stack, Text, Title } from '@mantine/core'
import { PageLink } from '../shared/page-link.tsx'
import { ModeBadge, StateBadge } from '../shared/state-badge.tsx'
import { useNumbers } from '../shared/use-numbers.ts'
import { useHospital } from '../shared/use-path.ts'
import { useInLanguage, useTexts } from '../shared/use-texts.ts'
import type { CataloguedBot } from './answers.ts'

interface OfBot {
  readonly bot: CataloguedBot
}

/** The systems it needs, and what its account must be allowed there. */
export function BotSystems({ bot: { systems } }: OfBot) {
  const t = useTexts()
  const inLanguage = useInLanguage()
  return (
    <Stack gap={4}>
      <Title order={3}>{t('administer.bots.systems')}</Title>
      <List spacing={4}>
        {systems.map(({ role, title, rights }) => (
          <List.Item key={role}>
            <Text component="span" fw={600}>
              {inLanguage(title)}
            </Text>
            {': '}
            {inLanguage(rights)}
          </List.Item>
        ))}
      </List>
    </Stack>
  )
}

/** What it may change, and whether it can look its own work up. */
export function BotActs({ bot: { acts } }: OfBot) {
  const t = useTexts()
  const inLanguage = useInLanguage()
  return (
    <Stack gap={4}>
      <Title order={3}>{t('administer.bots.acts')}</Title>
      <List spacing={6}>
        {acts.map(({ name, title, verifiable }) => (
          <List.Item key={name}>
            <Group gap="xs">
              <Text component="span">{inLanguage(title)}</Text>
              <StateBadge
                tone={verifiable ? 'good' : 'attention'}
                text={t(verifiable ? 'administer.bots.verifiable' : 'administer.bots.blind')}
              />
            </Group>
          </List.Item>
        ))}
      </List>
    </Stack>
  )
}

/** What it gave over the last twelve months, here and at others; nothing of fewer than five items. */
export function BotGiven({ bot: { givenHere, givenElsewhere } }: OfBot) {
  const t = useTexts()
  const { number } = useNumbers()
  const told = ({ items, netHours }: NonNullable<CataloguedBot['givenHere']>) => ({
    items: number(items),
    hours: number(netHours, 1),
  })
  if (!givenHere && !givenElsewhere) return t('administer.bots.given.none')
  return (
    <Stack gap={2}>
      {givenHere && <Text size="sm">{t('administer.bots.given.here', told(givenHere))}</Text>}
      {givenElsewhere && (
        <Text size="sm">
          {t('administer.bots.given.elsewhere', { ...told(givenElsewhere), count: givenElsewhere.hospitals })}
        </Text>
      )}
    </Stack>
  )
}

/** Where it is put to work at this hospital. */
export function BotDeployments({ bot: { deployments } }: OfBot) {
  const t = useTexts()
  const { pages } = useHospital()
  if (deployments.length === 0) return t('administer.bots.here.none')
  return (
    <Stack gap={4}>
      {deployments.map(({ id, mode }) => (
        <Group key={id} gap="xs">
          <PageLink to={`${pages}/deployments/${id}`}>{id}</PageLink>
          <ModeBadge mode={mode} />
        </Group>
      ))}
    </Stack>
  )
}
