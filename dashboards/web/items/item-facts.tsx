import { Code } from '@mantine/core'
import { Facts, type Fact } from '../shared/facts.tsx'
import { LocalTime } from '../shared/local-time.tsx'
import { PageLink } from '../shared/page-link.tsx'
import { ItemStateBadge, ReportedBadge } from '../shared/state-badge.tsx'
import { useHospital } from '../shared/use-path.ts'
import { useInLanguage, useTexts, type Texts } from '../shared/use-texts.ts'
import type { Story } from './answers.ts'

const RUN_KINDS = ['schedule', 'hl7', 'fhir', 'by-hand', 'list'] as const

/** What is known of an item, but for its data. */
export function ItemFacts({ story }: { readonly story: Story }) {
  const t = useTexts()
  const inLanguage = useInLanguage()
  const { pages } = useHospital()
  const { deployment, run, variantTitle, variant, finishedAt, takenBy } = story
  const waits = story.state === 'queued' || story.state === 'unsure'
  const facts: (Fact | false)[] = [
    { title: t('items.list.state'), value: <ItemStateBadge state={story.state} /> },
    story.reportedBy !== null && {
      title: t('items.one.source'),
      value: <ReportedBadge by={story.reportedBy} />,
    },
    { title: t('items.list.bot'), value: story.botTitle ? inLanguage(story.botTitle) : story.bot },
    {
      title: t('items.list.deployment'),
      value: <PageLink to={`${pages}/deployments/${deployment}`}>{deployment}</PageLink>,
    },
    { title: t('items.list.arrived'), value: <LocalTime at={story.arrivedAt} shape="full" /> },
    finishedAt !== null && {
      title: t('items.one.finished'),
      value: <LocalTime at={finishedAt} shape="full" />,
    },
    waits && { title: t('items.one.due'), value: <LocalTime at={story.dueAt} shape="full" /> },
    { title: t('items.list.attempt'), value: story.attempt },
    run !== null && { title: t('items.one.run'), value: runText(run, t) },
    variant !== null && {
      title: t('items.one.variant'),
      value: variantTitle ? inLanguage(variantTitle) : variant,
    },
    story.botVersion !== null && { title: t('items.one.version'), value: versionText(story, t) },
    takenBy !== null && { title: t('items.one.taken'), value: takenBy },
    { title: t('items.one.marker'), value: <Code>{story.marker}</Code> },
  ]
  return <Facts facts={facts.filter((fact) => fact !== false)} />
}

function runText({ kind, found, added }: NonNullable<Story['run']>, t: Texts): string {
  const known = RUN_KINDS.find((each) => each === kind)
  return `${known ? t(`items.run.${known}`) : kind}: ${t('items.today.found', { found, added })}`
}

function versionText({ botVersion, installedVersion }: Story, t: Texts): string {
  const version = botVersion ?? ''
  if (installedVersion === null || installedVersion === version) return version
  return t('items.one.version.older', { version, installed: installedVersion })
}
