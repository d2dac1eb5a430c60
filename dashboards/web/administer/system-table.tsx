import { DataTable, type Column } from '../shared/data-table.tsx'
import { EmptyState } from '../shared/empty-state.tsx'
import { useHospital } from '../shared/use-path.ts'
import { useTexts, type Texts } from '../shared/use-texts.ts'
import type { System } from './answers.ts'
import { CredentialState } from './credential-state.tsx'
import { NamedLink } from './named-link.tsx'
import { SystemState } from './system-state.tsx'

interface SystemTableProps {
  readonly rows: readonly System[]
  /** The local date. */
  readonly today: string
}

/** The systems of a hospital: where they are, how they stand, and whether robots can sign in. */
export function SystemTable({ rows, today }: SystemTableProps) {
  const t = useTexts()
  const { pages } = useHospital()
  const named: Column<System> = {
    key: 'id',
    title: t('administer.systems.system'),
    sortBy: ({ id }) => id,
    show: ({ id, address }) => <NamedLink to={`${pages}/systems/${id}`} title={id} id={address} />,
  }
  return (
    <DataTable
      caption={t('administer.systems.title')}
      columns={[named, ...columnsOf(t, today)]}
      rows={rows}
      rowKey={({ id }) => id}
      empty={<EmptyState title={t('administer.systems.none')} hint={t('administer.systems.none.hint')} />}
    />
  )
}

const columnsOf = (t: Texts, today: string): Column<System>[] => [
  {
    key: 'kind',
    title: t('administer.systems.kind'),
    show: ({ kind }) => t(`administer.systems.kind.${kind}`),
  },
  { key: 'state', title: t('administer.systems.state'), show: (row) => <SystemState system={row} /> },
  {
    key: 'credentials',
    title: t('administer.systems.credentials'),
    show: (row) => <CredentialState system={row} today={today} />,
  },
  {
    key: 'seats',
    title: t('administer.systems.seats'),
    align: 'end',
    show: ({ seats, seatsTaken }) => `${seatsTaken} / ${seats}`,
  },
  {
    key: 'used',
    title: t('administer.systems.used'),
    align: 'end',
    sortBy: ({ deployments }) => deployments.length,
    show: ({ deployments }) => deployments.length,
  },
]
