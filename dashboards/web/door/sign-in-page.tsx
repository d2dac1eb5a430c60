import { Alert, Button, Divider, Stack, TextInput } from '@mantine/core'
import { useState, type SubmitEvent } from 'react'
import { SignInWays } from '../../server/door/sign-in-schemas.ts'
import { Problem } from '../shared/asked.tsx'
import { Card } from '../shared/card.tsx'
import { PageFrame } from '../shared/page-frame.tsx'
import { useAsk } from '../shared/use-ask.ts'
import { useSearchWord } from '../shared/use-search-word.ts'
import { useTexts } from '../shared/use-texts.ts'
import { CurrentPasswordField } from './current-password-field.tsx'
import { OidcButton } from './oidc-button.tsx'
import { useSignIn } from './use-sign-in.ts'

/** The way in: name and password, then the code when the account has one; or the hospital's own sign-in service. */
export default function SignInPage() {
  const t = useTexts()
  const oidc = useAsk(SignInWays, '/api/sign-in').data?.oidc
  const [error] = useSearchWord('error')
  return (
    <PageFrame title={t('door.signin.title')}>
      <Card>
        <Stack gap="lg">
          {error !== '' && <Alert color="red">{t('door.signin.oidc.failed')}</Alert>}
          {typeof oidc === 'string' && (
            <>
              <OidcButton label={oidc} />
              <Divider label={t('door.signin.or')} labelPosition="center" />
            </>
          )}
          <PasswordForm />
        </Stack>
      </Card>
    </PageFrame>
  )
}

function PasswordForm() {
  const t = useTexts()
  const { signIn, busy, error, needsCode } = useSignIn()
  const [account, setAccount] = useState('')
  const [password, setPassword] = useState('')
  const [code, setCode] = useState('')
  const submit = (event: SubmitEvent) => {
    event.preventDefault()
    signIn({ account, password, ...(needsCode ? { code } : {}) })
  }
  return (
    <form onSubmit={submit}>
      <Stack gap="md">
        {error && <Problem error={error} />}
        <TextInput
          label={t('door.signin.name')}
          autoComplete="username"
          required
          value={account}
          onChange={(event) => setAccount(event.currentTarget.value)}
        />
        <CurrentPasswordField label={t('door.signin.password')} value={password} onChange={setPassword} />
        {needsCode && <CodeField code={code} onChange={setCode} />}
        <Button type="submit" loading={busy} fullWidth>
          {t('door.signin.submit')}
        </Button>
      </Stack>
    </form>
  )
}

function CodeField({ code, onChange }: { readonly code: string; readonly onChange: (code: string) => void }) {
  const t = useTexts()
  return (
    <TextInput
      label={t('door.signin.code')}
      description={t('door.signin.code.hint')}
      autoComplete="one-time-code"
      inputMode="numeric"
      data-autofocus
      autoFocus
      required
      value={code}
      onChange={(event) => onChange(event.currentTarget.value)}
    />
  )
}
