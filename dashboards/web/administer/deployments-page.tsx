import { Deployments } from '../../server/administer/deployment-schemas.ts'
import { Asked } from '../shared/asked.tsx'
import { Card } from '../shared/card.tsx'
import { PageFrame } from '../shared/page-frame.tsx'
import { ButtonLink } from '../shared/page-link.tsx'
import { useAsk } from '../shared/use-ask.ts'
import { useHospital } from '../shared/use-path.ts'
import { useTexts } from '../shared/use-texts.ts'
import { DeploymentTable } from './deployment-table.tsx'
import { DraftTable } from './draft-table.tsx'
import { FourEyesSwitch } from './four-eyes-switch.tsx'
import { useMayAdminister } from './may-administer.ts'

/** What is put to work at this hospital and how it stands, and what is being prepared. */
export default function DeploymentsPage() {
  const t = useTexts()
  const { api, pages } = useHospital()
  const asked = useAsk(Deployments, `${api}/deployments`)
  const mayChange = useMayAdminister()
  const start = mayChange && <ButtonLink to={`${pages}/bots`}>{t('administer.deployments.new')}</ButtonLink>
  return (
    <PageFrame
      title={t('administer.deployments.title')}
      lead={t('administer.deployments.lead')}
      actions={start}
    >
      <Asked of={asked}>
        {({ deployments, drafts, fourEyes }) => (
          <>
            <Card title={t('administer.deployments.working')}>
              <DeploymentTable rows={deployments} />
            </Card>
            {drafts.length > 0 && (
              <Card title={t('administer.deployments.drafts')}>
                <DraftTable rows={drafts} />
              </Card>
            )}
            {mayChange && (
              <Card title={t('administer.foureyes.title')}>
                <FourEyesSwitch wanted={fourEyes} />
              </Card>
            )}
          </>
        )}
      </Asked>
    </PageFrame>
  )
}
