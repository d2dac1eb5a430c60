import { Button } from '@mantine/core'
import { useState } from 'react'
import type { z } from 'zod'
import { Imports, Reporting } from '../../server/reported/reported-schemas.ts'
import { Asked } from '../shared/asked.tsx'
import { Card } from '../shared/card.tsx'
import { DataTable, type Column } from '../shared/data-table.tsx'
import { EmptyState } from '../shared/empty-state.tsx'
import { LocalTime } from '../shared/local-time.tsx'
import { PageFrame } from '../shared/page-frame.tsx'
import { useAsk } from '../shared/use-ask.ts'
import { useNumbers } from '../shared/use-numbers.ts'
import { useHospital } from '../shared/use-path.ts'
import { useTexts } from '../shared/use-texts.ts'
import { useDay } from '../programme/use-day.ts'
import { ImportCard } from './import-card.tsx'
import { ReportingDialog } from './reporting-dialog.tsx'
import { ReportingTable } from './reporting-table.tsx'
import { useMay } from './use-may.ts'

type Import = z.output<typeof Imports>[number]

/** Robots of another make: their deployments, taking in what they did, and what was taken in. */
export default function ReportedPage() {
  const t = useTexts()
  const { api } = useHospital()
  const mayChange = useMay('administrator')
  const reporting = useAsk(Reporting, `${api}/reported-items/deployments`)
  const imports = useAsk(Imports, `${api}/reported-items/imports`)
  const [adding, setAdding] = useState(false)
  const add = <Button onClick={() => setAdding(true)}>{t('savings.reported.add')}</Button>
  return (
    <PageFrame
      title={t('savings.reported.title')}
      lead={t('savings.reported.lead')}
      actions={mayChange && add}
    >
      <Card title={t('savings.reported.deployments')}>
        <Asked of={reporting}>{(found) => <ReportingTable found={found} />}</Asked>
        {adding && <ReportingDialog onClose={() => setAdding(false)} />}
      </Card>
      {mayChange && <ImportCard />}
      <Card title={t('savings.imports.title')}>
        <Asked of={imports}>{(found) => <ImportTable imports={found} />}</Asked>
      </Card>
    </PageFrame>
  )
}

function ImportTable({ imports }: { readonly imports: readonly Import[] }) {
  const t = useTexts()
  const day = useDay()
  const { number } = useNumbers()
  const columns: Column<Import>[] = [
    {
      key: 'at',
      title: t('savings.imports.at'),
      show: ({ at }) => <LocalTime at={at} shape="full" />,
      sortBy: ({ at }) => at,
    },
    { key: 'deployment', title: t('savings.deployment'), show: ({ deployment }) => deployment },
    { key: 'items', title: t('savings.items'), align: 'end', show: ({ items }) => number(items) },
    {
      key: 'days',
      title: t('savings.imports.days'),
      show: ({ from, to }) => t('savings.realised.days', { from: day(from), to: day(to) }),
    },
    { key: 'by', title: t('savings.imports.by'), show: ({ account }) => account },
  ]
  return (
    <DataTable
      caption={t('savings.imports.caption')}
      columns={columns}
      rows={imports}
      rowKey={({ id }) => String(id)}
      empty={<EmptyState title={t('savings.imports.empty')} />}
    />
  )
}
