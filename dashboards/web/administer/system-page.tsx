import { Stack, Text } from '@mantine/core'
import { Systems } from '../../server/administer/system-schemas.ts'
import { Asked } from '../shared/asked.tsx'
import { Card } from '../shared/card.tsx'
import { EmptyState } from '../shared/empty-state.tsx'
import { Facts } from '../shared/facts.tsx'
import { PageFrame } from '../shared/page-frame.tsx'
import { PageLink } from '../shared/page-link.tsx'
import { RemoveOne } from '../shared/remove-one.tsx'
import { useAsk } from '../shared/use-ask.ts'
import { useHospital, usePathValue } from '../shared/use-path.ts'
import { useTexts } from '../shared/use-texts.ts'
import type { System } from './answers.ts'
import { ChangeHistory } from './change-history.tsx'
import { CredentialsCard } from './credentials-card.tsx'
import { useMayAdminister } from './may-administer.ts'
import { SystemFields } from './system-fields.tsx'
import { SystemHold } from './system-hold.tsx'
import { SystemState } from './system-state.tsx'
import { SystemTest } from './system-test.tsx'

/** One system: how it stands, trying it, its settings, and what robots sign in with. */
export default function SystemPage() {
  const t = useTexts()
  const { api, pages } = useHospital()
  const id = usePathValue('system')
  const asked = useAsk(Systems, `${api}/systems`)
  const system = asked.data?.systems.find((one) => one.id === id)
  const mayChange = useMayAdminister()
  const remove = mayChange && system?.deployments.length === 0 && (
    <RemoveOne
      path={`${api}/systems/${id}`}
      to={`${pages}/systems`}
      verb={t('administer.system.remove')}
      question={t('administer.system.remove.question', { system: id })}
      sentence={t('administer.system.remove.why')}
    />
  )
  return (
    <PageFrame
      title={t('administer.system.title', { system: id })}
      lead={system?.address ?? ''}
      actions={remove}
    >
      <Asked of={asked}>
        {({ today }) =>
          system ? (
            <SystemParts system={system} today={today} />
          ) : (
            <EmptyState title={t('administer.system.none')} />
          )
        }
      </Asked>
      <Card title={t('administer.changes.title')}>
        <ChangeHistory subject={id} />
      </Card>
    </PageFrame>
  )
}

function SystemParts({ system, today }: { readonly system: System; readonly today: string }) {
  const t = useTexts()
  const mayChange = useMayAdminister()
  return (
    <>
      <Card title={t('administer.deployment.now')}>
        <Standing system={system} />
        <SystemHold system={system} />
      </Card>
      <Card title={t('administer.system.test')}>
        <Text>{t('administer.system.test.why')}</Text>
        <SystemTest id={system.id} />
      </Card>
      {mayChange && <CredentialsCard system={system} today={today} />}
      {mayChange && (
        <Card title={t('administer.system.settings')}>
          <SystemFields system={system} key={system.id} />
        </Card>
      )}
    </>
  )
}

function Standing({ system }: { readonly system: System }) {
  const t = useTexts()
  const { pages } = useHospital()
  const { kind, seats, seatsTaken, failures, deployments } = system
  const used = (
    <Stack gap="xs">
      {deployments.map((id) => (
        <PageLink key={id} to={`${pages}/deployments/${id}`}>
          {id}
        </PageLink>
      ))}
    </Stack>
  )
  const facts = [
    { title: t('administer.systems.state'), value: <SystemState system={system} /> },
    { title: t('administer.systems.kind'), value: t(`administer.systems.kind.${kind}`) },
    { title: t('administer.systems.seats'), value: `${seatsTaken} / ${seats}` },
    { title: t('administer.system.failures'), value: failures },
    { title: t('administer.systems.used'), value: deployments.length > 0 ? used : t('shared.none') },
  ]
  return <Facts facts={facts} />
}
