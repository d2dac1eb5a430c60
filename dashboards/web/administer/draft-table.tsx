import type { z } from 'zod'
import type { Deployments } from '../../server/administer/deployment-schemas.ts'
import { DataTable, type Column } from '../shared/data-table.tsx'
import { LocalTime } from '../shared/local-time.tsx'
import { useHospital } from '../shared/use-path.ts'
import { useInLanguage, useTexts } from '../shared/use-texts.ts'
import { NamedLink } from './named-link.tsx'

type DraftRow = z.output<typeof Deployments>['drafts'][number]

/** What is being prepared, and what waits for approval. */
export function DraftTable({ rows }: { readonly rows: readonly DraftRow[] }) {
  const t = useTexts()
  const { pages } = useHospital()
  const inLanguage = useInLanguage()
  const columns: Column<DraftRow>[] = [
    {
      key: 'id',
      title: t('administer.deployments.draft'),
      show: ({ deployment, title }) => (
        <NamedLink to={`${pages}/put-to-work/${deployment}`} title={inLanguage(title)} id={deployment} />
      ),
    },
    { key: 'by', title: t('administer.change.account'), show: ({ changedBy }) => changedBy },
    { key: 'at', title: t('administer.change.at'), show: ({ changedAt }) => <LocalTime at={changedAt} /> },
    {
      key: 'asked',
      title: t('administer.deployments.asked'),
      show: ({ askedBy }) =>
        askedBy === null ? '–' : t('administer.deployments.askedby', { account: askedBy }),
    },
  ]
  return (
    <DataTable
      caption={t('administer.deployments.drafts')}
      columns={columns}
      rows={rows}
      rowKey={({ deployment }) => deployment}
    />
  )
}
