import type { z } from 'zod'
import type { Deployments } from '../../server/administer/deployment-schemas.ts'
import { DataTable, type Column } from '../shared/data-table.tsx'
import { EmptyState } from '../shared/empty-state.tsx'
import { LocalTime } from '../shared/local-time.tsx'
import { useHospital } from '../shared/use-path.ts'
import { useInLanguage, useTexts, type Texts } from '../shared/use-texts.ts'
import { DeploymentState } from './deployment-state.tsx'
import { NamedLink } from './named-link.tsx'

type Row = z.output<typeof Deployments>['deployments'][number]

/** What is put to work here and how it stands. */
export function DeploymentTable({ rows }: { readonly rows: readonly Row[] }) {
  const t = useTexts()
  const { pages } = useHospital()
  const inLanguage = useInLanguage()
  const named: Column<Row> = {
    key: 'id',
    title: t('administer.deployments.deployment'),
    sortBy: ({ id }) => id,
    show: ({ id, title }) => (
      <NamedLink to={`${pages}/deployments/${id}`} title={inLanguage(title)} id={id} />
    ),
  }
  return (
    <DataTable
      caption={t('administer.deployments.title')}
      columns={[named, ...standing(t), ...figures(t)]}
      rows={rows}
      rowKey={({ id }) => id}
      empty={
        <EmptyState title={t('administer.deployments.none')} hint={t('administer.deployments.none.hint')} />
      }
    />
  )
}

const standing = (t: Texts): Column<Row>[] => [
  {
    key: 'state',
    title: t('administer.deployments.state'),
    show: (row) => <DeploymentState deployment={row} />,
  },
  {
    key: 'by',
    title: t('administer.deployments.responsible'),
    sortBy: ({ responsible }) => responsible,
    show: ({ responsible }) => responsible,
  },
  {
    key: 'next',
    title: t('administer.deployments.next'),
    show: ({ nextFiring }) => (nextFiring === null ? '–' : <LocalTime at={nextFiring} />),
  },
]

const figures = (t: Texts): Column<Row>[] => [
  {
    key: 'done',
    title: t('administer.deployments.done'),
    align: 'end',
    sortBy: ({ doneToday }) => doneToday,
    show: ({ doneToday }) => doneToday,
  },
  {
    key: 'parked',
    title: t('administer.deployments.parked'),
    align: 'end',
    sortBy: ({ parked }) => parked,
    show: ({ parked }) => parked,
  },
]
