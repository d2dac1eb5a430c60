import { Button } from '@mantine/core'
import { useState } from 'react'
import { Baselines } from '../../server/savings/measure-schemas.ts'
import { Asked } from '../shared/asked.tsx'
import { Card } from '../shared/card.tsx'
import { PageFrame } from '../shared/page-frame.tsx'
import { ButtonLink } from '../shared/page-link.tsx'
import { useAsk } from '../shared/use-ask.ts'
import { useHospital } from '../shared/use-path.ts'
import { useTexts } from '../shared/use-texts.ts'
import { BaselineDialog, type WantedBaseline } from './baseline-dialog.tsx'
import { BaselineTable } from './baseline-table.tsx'
import { NormsCard } from './norms-card.tsx'
import { useMay } from './use-may.ts'
import { useWantedByAddress } from './use-wanted-by-address.ts'

/** What everything is measured with: baselines, and the norm of one FTE. */
export default function BaselinesPage() {
  const t = useTexts()
  const { api, pages } = useHospital()
  const found = useAsk(Baselines, `${api}/baselines`)
  const mayChange = useMay('administrator')
  const [adding, setAdding] = useAdding()
  const actions = mayChange && (
    <>
      <ButtonLink to={`${pages}/stopwatch`} variant="default">
        {t('savings.baselines.stopwatch')}
      </ButtonLink>
      <Button onClick={() => setAdding('any')}>{t('savings.baselines.add')}</Button>
    </>
  )
  return (
    <PageFrame title={t('savings.baselines.title')} lead={t('savings.baselines.lead')} actions={actions}>
      <Asked of={found}>
        {(all) => (
          <>
            <Card>
              <BaselineTable baselines={all.baselines} deployments={all.deployments} onWanted={setAdding} />
            </Card>
            <NormsCard norms={all.norms} common={all.commonNorms} />
            {adding && mayChange && (
              <BaselineDialog
                deployments={all.deployments}
                wanted={adding === 'any' ? undefined : adding}
                onClose={() => setAdding(undefined)}
              />
            )}
          </>
        )}
      </Asked>
    </PageFrame>
  )
}

/** What a baseline is being added for: whatever one likes, or one that is missing, as an address may ask for it. */
function useAdding() {
  const [asked, forget] = useWantedByAddress()
  const [adding, setAdding] = useState<'any' | WantedBaseline | undefined>(asked)
  const change = (to: 'any' | WantedBaseline | undefined) => {
    setAdding(to)
    if (to === undefined) forget()
  }
  return [adding, change] as const
}
