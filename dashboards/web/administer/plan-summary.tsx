import { Code, Stack, Text } from '@mantine/core'
import type { z } from 'zod'
import type { DeploymentDetails } from '../../server/administer/deployment-schemas.ts'
import { Facts } from '../shared/facts.tsx'
import { PageLink } from '../shared/page-link.tsx'
import { useNumbers } from '../shared/use-numbers.ts'
import { useHospital } from '../shared/use-path.ts'
import { useLanguage, useTexts, type Texts } from '../shared/use-texts.ts'
import { longDay } from './long-day.ts'
import { ShownValue } from './shown-value.tsx'

export type Plan = z.output<typeof DeploymentDetails>['plan']

/** What a deployment was told to do. */
export function PlanSummary({ plan }: { readonly plan: Plan }) {
  const t = useTexts()
  const { pages } = useHospital()
  const facts = [
    { title: t('administer.plan.systems'), value: <Systems systems={plan.systems} pages={pages} /> },
    { title: t('administer.plan.triggers'), value: <Triggers triggers={plan.triggers} /> },
    { title: t('administer.plan.baselines'), value: <Baselines baselines={plan.baselines} /> },
    {
      title: t('administer.plan.outside'),
      value: t('administer.plan.seconds', { count: plan.outsideSeconds }),
    },
    { title: t('administer.plan.share'), value: `${Math.round(plan.parkedShare * 100)} %` },
    { title: t('administer.plan.settings'), value: <Settings settings={plan.settings} /> },
  ]
  return <Facts facts={facts} />
}

function Systems({ systems, pages }: { readonly systems: Plan['systems']; readonly pages: string }) {
  const t = useTexts()
  const roles = Object.entries(systems)
  if (roles.length === 0) return t('shared.none')
  return (
    <Stack gap={2}>
      {roles.map(([role, system]) => (
        <Text key={role} size="sm">
          {role}: <PageLink to={`${pages}/systems/${system}`}>{system}</PageLink>
        </Text>
      ))}
    </Stack>
  )
}

function Triggers({ triggers }: { readonly triggers: Plan['triggers'] }) {
  const t = useTexts()
  if (triggers.length === 0) return t('administer.plan.triggers.none')
  return (
    <Stack gap={2}>
      {triggers.map((trigger) => (
        <Text key={trigger.id} size="sm">
          {triggerWords(trigger, t)}
        </Text>
      ))}
    </Stack>
  )
}

function triggerWords(trigger: Plan['triggers'][number], t: Texts): string {
  switch (trigger.kind) {
    case 'schedule': {
      const when = t('administer.trigger.schedule', { cron: trigger.cron })
      return trigger.skipHolidays ? `${when}, ${t('administer.trigger.skips')}` : when
    }
    case 'hl7':
      return t('administer.trigger.hl7', { types: trigger.messageTypes.join(', ') })
    case 'fhir':
      return t('administer.trigger.fhir', { type: trigger.resourceType })
  }
}

function Baselines({ baselines }: { readonly baselines: Plan['baselines'] }) {
  const t = useTexts()
  const language = useLanguage()
  const { number } = useNumbers()
  if (baselines.length === 0) return t('administer.plan.baselines.none')
  return (
    <Stack gap={2}>
      {baselines.map(({ variant, minutes, validFrom }) => (
        <Text key={`${variant} ${validFrom}`} size="sm">
          {t('administer.plan.baseline', {
            variant,
            minutes: number(minutes, 2),
            day: longDay(validFrom, language),
          })}
        </Text>
      ))}
    </Stack>
  )
}

function Settings({ settings }: { readonly settings: Plan['settings'] }) {
  const t = useTexts()
  const entries = Object.entries(settings)
  if (entries.length === 0) return t('shared.none')
  return (
    <Stack gap={4}>
      {entries.map(([name, value]) => (
        <Text key={name} size="sm" component="div">
          <Code>{name}</Code> <ShownValue value={value} />
        </Text>
      ))}
    </Stack>
  )
}
