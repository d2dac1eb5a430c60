import { useState } from 'react'
import type { z } from 'zod'
import { AccessPage, type ListedAccess } from '../../server/operate/access-schemas.ts'
import { Asked } from '../shared/asked.tsx'
import { Card } from '../shared/card.tsx'
import { DataTable, type Column } from '../shared/data-table.tsx'
import { EmptyState } from '../shared/empty-state.tsx'
import { LocalTime } from '../shared/local-time.tsx'
import { PageFrame } from '../shared/page-frame.tsx'
import { StateBadge } from '../shared/state-badge.tsx'
import { useAskPages } from '../shared/use-ask-pages.ts'
import { useHospital } from '../shared/use-path.ts'
import { useTexts, type Texts } from '../shared/use-texts.ts'
import { AccessFilter, type AccessWords } from './access-filter.tsx'
import { CheckLog } from './check-log.tsx'
import { LastCheck } from './last-check.tsx'

type Access = z.output<typeof ListedAccess>

/** Who saw whose data, found by patient, account or period, and handed out as a file. */
export default function AccessLogPage() {
  const t = useTexts()
  const [words, setWords] = useState<AccessWords | undefined>()
  // Each question is written in the log that is asked: nothing is asked before somebody wants to know.
  const nothingYet = <EmptyState title={t('operate.access.ask')} hint={t('operate.access.ask.hint')} />
  return (
    <PageFrame title={t('operate.access.title')} lead={t('operate.access.lead')} actions={<CheckLog />}>
      <LastCheck />
      <Card>
        <AccessFilter onFind={setWords} />
        {words === undefined ? nothingYet : <Found words={words} />}
      </Card>
    </PageFrame>
  )
}

function Found({ words }: { readonly words: AccessWords }) {
  const { api } = useHospital()
  const accesses = useAskPages<Access>(AccessPage, `${api}/access-log/search`, { ...words })
  return <Asked of={accesses}>{(rows) => <AccessTable rows={rows} more={accesses.more} />}</Asked>
}

interface AccessTableProps {
  readonly rows: readonly Access[]
  readonly more: { readonly there: boolean; readonly busy: boolean; readonly fetch: () => void }
}

function AccessTable({ rows, more }: AccessTableProps) {
  const t = useTexts()
  return (
    <DataTable
      caption={t('operate.access.title')}
      columns={columnsIn(t)}
      rows={rows}
      rowKey={({ id }) => String(id)}
      empty={<EmptyState title={t('operate.access.none')} />}
      more={more}
    />
  )
}

/** So much of an id tells it from its neighbours. */
const TELLING = 8

function columnsIn(t: Texts): Column<Access>[] {
  return [
    { key: 'at', title: t('operate.access.at'), show: ({ at }) => <LocalTime at={at} shape="full" /> },
    {
      key: 'who',
      title: t('operate.access.who'),
      show: ({ actor, actorKind }) => `${actor} (${t(`operate.access.kind.${actorKind}`)})`,
    },
    {
      key: 'for',
      title: t('operate.access.for'),
      show: ({ responsible, actor }) => (responsible === actor ? '–' : responsible),
    },
    {
      key: 'what',
      title: t('operate.access.what'),
      show: ({ action }) => t(`operate.access.action.${action}`),
    },
    { key: 'subject', title: t('operate.access.subject'), show: (access) => subjectOf(access, t) },
    {
      key: 'outcome',
      title: t('operate.access.outcome'),
      show: ({ outcome }) => <Outcome outcome={outcome} />,
    },
  ]
}

function subjectOf({ subjectKind, subject }: Access, t: Texts): string {
  const kind = t(`operate.access.subject.${subjectKind}`)
  return !subject || subjectKind === 'log' ? kind : `${kind} ${subject.slice(0, TELLING)}`
}

function Outcome({ outcome }: Pick<Access, 'outcome'>) {
  const t = useTexts()
  const tone = outcome === 'given' ? 'quiet' : outcome === 'refused' ? 'attention' : 'bad'
  return <StateBadge tone={tone} text={t(`operate.access.outcome.${outcome}`)} />
}
