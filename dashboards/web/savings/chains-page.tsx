import { Button } from '@mantine/core'
import { useState } from 'react'
import { Baselines, Chains, OneOffs } from '../../server/savings/measure-schemas.ts'
import { Asked } from '../shared/asked.tsx'
import { Card } from '../shared/card.tsx'
import { PageFrame } from '../shared/page-frame.tsx'
import { useAsk } from '../shared/use-ask.ts'
import { useHospital } from '../shared/use-path.ts'
import { useTexts } from '../shared/use-texts.ts'
import { ChainDialog } from './chain-dialog.tsx'
import { ChainTable } from './chain-table.tsx'
import { OneOffCard } from './one-off-card.tsx'
import { OneOffRunsCard } from './one-off-runs-card.tsx'
import { useMay } from './use-may.ts'

/** What counts otherwise than one by one: chains that split a baseline, and backlogs that were cleared once. */
export default function ChainsPage() {
  const t = useTexts()
  const { api } = useHospital()
  const chains = useAsk(Chains, `${api}/chains`)
  const oneOffs = useAsk(OneOffs, `${api}/one-offs`)
  const measured = useAsk(Baselines, `${api}/baselines`)
  const mayChange = useMay('administrator')
  const seesRuns = useMay('administrator', 'auditor')
  const [adding, setAdding] = useState(false)
  const add = <Button onClick={() => setAdding(true)}>{t('savings.chains.add')}</Button>
  return (
    <PageFrame title={t('savings.chains.title')} lead={t('savings.chains.lead')}>
      <Asked of={measured}>
        {({ deployments }) => (
          <>
            <Card title={t('savings.chains.chains')} actions={mayChange && add}>
              <Asked of={chains}>{(found) => <ChainTable chains={found} deployments={deployments} />}</Asked>
              {adding && <ChainDialog deployments={deployments} onClose={() => setAdding(false)} />}
            </Card>
            <Asked of={oneOffs}>
              {(found) => <OneOffCard oneOffs={found} deployments={deployments.map(({ id }) => id)} />}
            </Asked>
            {seesRuns && <OneOffRunsCard />}
          </>
        )}
      </Asked>
    </PageFrame>
  )
}
