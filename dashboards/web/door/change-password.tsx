import { Button, Group, Stack, Text } from '@mantine/core'
import { useState, type SubmitEvent } from 'react'
import { Done } from '../../server/door/account-schemas.ts'
import { Problem } from '../shared/asked.tsx'
import { Card } from '../shared/card.tsx'
import { useMe } from '../shared/me.ts'
import { told } from '../shared/told.ts'
import { useChange } from '../shared/use-ask.ts'
import { useTexts } from '../shared/use-texts.ts'
import { CurrentPasswordField } from './current-password-field.tsx'
import { isLongEnough, NewPasswordField } from './new-password-field.tsx'

/** A new password for oneself; sessions elsewhere end with the old one. Who comes in another way has none to change. */
export function ChangePassword() {
  const t = useTexts()
  return (
    <Card title={t('door.signin.password')}>
      {useMe().hasPassword ? <PasswordForm /> : <Text>{t('door.password.none')}</Text>}
    </Card>
  )
}

function PasswordForm() {
  const t = useTexts()
  const { account } = useMe()
  const { mutate, isPending, error } = useChange({ answer: Done, method: 'PUT', touches: ['/api/me'] })
  const [current, setCurrent] = useState('')
  const [password, setPassword] = useState('')
  const clear = () => {
    setCurrent('')
    setPassword('')
    told(t('door.password.changed'))
  }
  const submit = (event: SubmitEvent) => {
    event.preventDefault()
    mutate({ path: '/api/me/password', body: { current, password } }, { onSuccess: clear })
  }
  return (
    <form onSubmit={submit}>
      <Stack gap="md" maw={420}>
        {error && <Problem error={error} />}
        <input type="text" name="username" autoComplete="username" value={account} readOnly hidden />
        <CurrentPasswordField label={t('door.password.current')} value={current} onChange={setCurrent} />
        <NewPasswordField value={password} onChange={setPassword} />
        <Group>
          <Button type="submit" loading={isPending} disabled={!isLongEnough(password)}>
            {t('door.password.change')}
          </Button>
        </Group>
      </Stack>
    </form>
  )
}
