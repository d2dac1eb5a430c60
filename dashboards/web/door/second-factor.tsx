import { Button, Group, Stack, Text } from '@mantine/core'
import { useState, type SubmitEvent } from 'react'
import { Done } from '../../server/door/account-schemas.ts'
import { TotpOffer } from '../../server/door/me-schemas.ts'
import { Problem } from '../shared/asked.tsx'
import { Card } from '../shared/card.tsx'
import { useMe } from '../shared/me.ts'
import { StateBadge } from '../shared/state-badge.tsx'
import { told } from '../shared/told.ts'
import { useChange } from '../shared/use-ask.ts'
import { useTexts } from '../shared/use-texts.ts'
import { ConfirmFactor } from './confirm-factor.tsx'
import { CurrentPasswordField } from './current-password-field.tsx'

/** The code of an app beside the password: tie it, or take it away. */
export function SecondFactor() {
  const t = useTexts()
  const { hasTotp } = useMe()
  return (
    <Card
      title={t('door.factor.title')}
      actions={
        <StateBadge
          tone={hasTotp ? 'good' : 'attention'}
          text={t(hasTotp ? 'door.factor.on' : 'door.factor.off')}
        />
      }
    >
      {hasTotp ? <RemoveFactor /> : <OfferFactor />}
    </Card>
  )
}

function OfferFactor() {
  const t = useTexts()
  const { mutate, isPending, error, data } = useChange({ answer: TotpOffer })
  if (data) return <ConfirmFactor offer={data} />
  return (
    <Stack gap="md" align="flex-start">
      <Text>{t('door.factor.why')}</Text>
      {error && <Problem error={error} />}
      <Button loading={isPending} onClick={() => mutate({ path: '/api/me/totp' })}>
        {t('door.factor.begin')}
      </Button>
    </Stack>
  )
}

function RemoveFactor() {
  const t = useTexts()
  const [password, setPassword] = useState('')
  const { mutate, isPending, error } = useChange({ answer: Done, touches: ['/api/me'] })
  const submit = (event: SubmitEvent) => {
    event.preventDefault()
    mutate(
      { path: '/api/me/totp/remove', body: { password } },
      { onSuccess: () => told(t('door.factor.removed')) },
    )
  }
  return (
    <form onSubmit={submit}>
      <Stack gap="md" maw={420}>
        <Text>{t('door.factor.remove.why')}</Text>
        {error && <Problem error={error} />}
        <CurrentPasswordField label={t('door.signin.password')} value={password} onChange={setPassword} />
        <Group>
          <Button type="submit" variant="default" loading={isPending}>
            {t('door.factor.remove')}
          </Button>
        </Group>
      </Stack>
    </form>
  )
}
