import { Button } from '@mantine/core'
import { useState } from 'react'
import { Imports, Reporting } from '../../server/reported/reported-schemas.ts'
import { Asked } from '../shared/asked.tsx'
import { Card } from '../shared/card.tsx'
import { PageFrame } from '../shared/page-frame.tsx'
import { useAsk } from '../shared/use-ask.ts'
import { useAskPages } from '../shared/use-ask-pages.ts'
import { useHospital } from '../shared/use-path.ts'
import { useTexts } from '../shared/use-texts.ts'
import { ImportCard } from './import-card.tsx'
import { ImportTable } from './import-table.tsx'
import { ReportingDialog } from './reporting-dialog.tsx'
import { ReportingTable } from './reporting-table.tsx'
import { useMay } from './use-may.ts'

/** Robots of another make: their deployments, taking in what they did, and what was taken in. */
export default function ReportedPage() {
  const t = useTexts()
  const { api } = useHospital()
  const mayChange = useMay('administrator')
  const reporting = useAsk(Reporting, `${api}/reported-items/deployments`)
  const imports = useAskPages(Imports, `${api}/reported-items/imports`)
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
        <Asked of={imports}>{(found) => <ImportTable imports={found} more={imports.more} />}</Asked>
      </Card>
    </PageFrame>
  )
}
