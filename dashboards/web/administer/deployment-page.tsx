import { Alert, Group } from '@mantine/core'
import { DeploymentDetails } from '../../server/administer/deployment-schemas.ts'
import { Asked } from '../shared/asked.tsx'
import { Card } from '../shared/card.tsx'
import { Facts } from '../shared/facts.tsx'
import { LocalTime } from '../shared/local-time.tsx'
import { PageFrame } from '../shared/page-frame.tsx'
import { PageLink } from '../shared/page-link.tsx'
import { useAsk } from '../shared/use-ask.ts'
import { useHospital, usePathValue } from '../shared/use-path.ts'
import { useInLanguage, useTexts } from '../shared/use-texts.ts'
import { WhatHappened } from '../shared/what-happened.tsx'
import type { Deployment } from './answers.ts'
import { ChangeHistory } from './change-history.tsx'
import { DeploymentActions } from './deployment-actions.tsx'
import { DeploymentState } from './deployment-state.tsx'
import { useMayAdminister } from './may-administer.ts'
import { PlanSummary } from './plan-summary.tsx'

/** One deployment: how it stands, what it was told to do, and everything that was changed about it. */
export default function DeploymentPage() {
  const t = useTexts()
  const { api } = useHospital()
  const id = usePathValue('deployment')
  const asked = useAsk(DeploymentDetails, `${api}/deployments/${id}`)
  const inLanguage = useInLanguage()
  const mayChange = useMayAdminister()
  const title = asked.data ? inLanguage(asked.data.title) : t('administer.deployment.title')
  const actions = mayChange && asked.data && <DeploymentActions deployment={asked.data} />
  return (
    <PageFrame title={title} lead={id} actions={actions}>
      <Asked of={asked}>
        {(deployment) => (
          <>
            {deployment.stoppedReason !== null && <Stopped deployment={deployment} />}
            <Card title={t('administer.deployment.now')}>
              <Standing deployment={deployment} />
            </Card>
            <Card title={t('administer.deployment.plan')}>
              <PlanSummary plan={deployment.plan} />
            </Card>
          </>
        )}
      </Asked>
      <Card title={t('administer.changes.title')}>
        <ChangeHistory subject={id} />
      </Card>
    </PageFrame>
  )
}

function Stopped({ deployment }: { readonly deployment: Deployment }) {
  const t = useTexts()
  return (
    <Alert color="red" variant="light" role="status" title={t('administer.deployment.stopped')}>
      <WhatHappened code="deployment-stopped" sentence={deployment.stoppedReason} />
    </Alert>
  )
}

function Standing({ deployment }: { readonly deployment: Deployment }) {
  const t = useTexts()
  const { pages } = useHospital()
  const { id, stoppedAt, plan } = deployment
  const facts = [
    { title: t('administer.deployments.state'), value: <DeploymentState deployment={deployment} /> },
    { title: t('administer.deployments.responsible'), value: plan.responsible },
    ...(stoppedAt === null
      ? []
      : [{ title: t('administer.deployment.since'), value: <LocalTime at={stoppedAt} /> }]),
    {
      title: t('administer.deployment.items'),
      value: (
        <Group gap="md">
          <PageLink to={`${pages}/items`} search={{ deployment: id }}>
            {t('administer.deployment.toitems')}
          </PageLink>
          <PageLink to={`${pages}/worklist`} search={{ deployment: id }}>
            {t('administer.deployment.toworklist')}
          </PageLink>
        </Group>
      ),
    },
  ]
  return <Facts facts={facts} />
}
