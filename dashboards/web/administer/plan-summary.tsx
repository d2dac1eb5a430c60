import { Stack, Text, Title } from '@mantine/core'
import type { z } from 'zod'
import { BotForms, Catalogue } from '../../server/administer/catalogue-schemas.ts'
import { Asked } from '../shared/asked.tsx'
import { durationText } from '../shared/duration.tsx'
import { Facts } from '../shared/facts.tsx'
import { PageLink } from '../shared/page-link.tsx'
import { useAsk } from '../shared/use-ask.ts'
import { useNumbers } from '../shared/use-numbers.ts'
import { useHospital } from '../shared/use-path.ts'
import { useInLanguage, useLanguage, useTexts } from '../shared/use-texts.ts'
import type { Plan } from './answers.ts'
import { longDay } from './long-day.ts'
import { SettingsSummary } from './settings-summary.tsx'
import { triggerWords } from './trigger-words.ts'

type Bot = z.output<typeof Catalogue>[number] | undefined

/** What a deployment was told to do, in the words of its robot. */
export function PlanSummary({ plan }: { readonly plan: Plan }) {
  const { api } = useHospital()
  return (
    <Asked of={useAsk(Catalogue, `${api}/bots`)}>
      {(bots) => <PlanOf plan={plan} bot={bots.find(({ name }) => name === plan.bot)} />}
    </Asked>
  )
}

function PlanOf({ plan, bot }: { readonly plan: Plan; readonly bot: Bot }) {
  const t = useTexts()
  const { outsideSeconds } = plan
  const facts = [
    { title: t('administer.plan.systems'), value: <Systems systems={plan.systems} bot={bot} /> },
    { title: t('administer.plan.triggers'), value: <Triggers triggers={plan.triggers} /> },
    { title: t('administer.plan.baselines'), value: <Baselines baselines={plan.baselines} bot={bot} /> },
    {
      title: t('administer.plan.outside'),
      value: outsideSeconds === 0 ? t('shared.none') : durationText(outsideSeconds, t),
    },
    { title: t('administer.plan.share'), value: `${Math.round(plan.parkedShare * 100)} %` },
  ]
  return (
    <Stack gap="md">
      <Facts facts={facts} />
      <Title order={3}>{t('administer.plan.settings')}</Title>
      {bot ? <Settings plan={plan} /> : <SettingsSummary settings={plan.settings} schema={NO_FORM} />}
    </Stack>
  )
}

/** A robot that only reports what it did is in no catalogue. */
const NO_FORM = {}

function Settings({ plan: { bot, settings } }: { readonly plan: Plan }) {
  const { api } = useHospital()
  return (
    <Asked of={useAsk(BotForms, `${api}/bots/${bot}/forms`)}>
      {(forms) => <SettingsSummary settings={settings} schema={forms.settings} />}
    </Asked>
  )
}

function Systems({ systems, bot }: { readonly systems: Plan['systems']; readonly bot: Bot }) {
  const t = useTexts()
  const inLanguage = useInLanguage()
  const { pages } = useHospital()
  const roles = Object.entries(systems)
  if (roles.length === 0) return t('shared.none')
  return (
    <Stack gap={2}>
      {roles.map(([role, system]) => {
        const title = bot?.systems.find((one) => one.role === role)?.title
        return (
          <Text key={role} size="sm">
            {title ? inLanguage(title) : role}:{' '}
            <PageLink to={`${pages}/systems/${system}`}>{system}</PageLink>
          </Text>
        )
      })}
    </Stack>
  )
}

function Triggers({ triggers }: { readonly triggers: Plan['triggers'] }) {
  const t = useTexts()
  const language = useLanguage()
  if (triggers.length === 0) return t('administer.plan.triggers.none')
  return (
    <Stack gap={2}>
      {triggers.map((trigger) => (
        <Text key={trigger.id} size="sm">
          {triggerWords(trigger, t, language)}
        </Text>
      ))}
    </Stack>
  )
}

function Baselines({ baselines, bot }: { readonly baselines: Plan['baselines']; readonly bot: Bot }) {
  const t = useTexts()
  const inLanguage = useInLanguage()
  const language = useLanguage()
  const { number } = useNumbers()
  if (baselines.length === 0) return t('administer.plan.baselines.none')
  return (
    <Stack gap={2}>
      {baselines.map(({ variant, minutes, validFrom }) => {
        const title = bot?.variants.find(({ id }) => id === variant)?.title
        return (
          <Text key={`${variant} ${validFrom}`} size="sm">
            {t('administer.plan.baseline', {
              variant: title ? inLanguage(title) : variant,
              minutes: number(minutes, 2),
              day: longDay(validFrom, language),
            })}
          </Text>
        )
      })}
    </Stack>
  )
}
