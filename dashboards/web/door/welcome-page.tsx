import { Button, Stack, Text, TextInput } from '@mantine/core'
import { useState, type SubmitEvent } from 'react'
import type { z } from 'zod'
import { Me } from '../../server/door/me-schemas.ts'
import { LinkFound, SignInWays } from '../../server/door/sign-in-schemas.ts'
import { Asked, Problem } from '../shared/asked.tsx'
import { Card } from '../shared/card.tsx'
import { PageFrame } from '../shared/page-frame.tsx'
import { PageLink } from '../shared/page-link.tsx'
import { useAsk, useChange } from '../shared/use-ask.ts'
import { useLanguage, useTexts } from '../shared/use-texts.ts'
import { isLongEnough, NewPasswordField } from './new-password-field.tsx'
import { OidcButton } from './oidc-button.tsx'
import { useEnter } from './use-sign-in.ts'

/** Where a one-time link leads: what it is for, and a button that uses it. The key stands after the #, which is sent nowhere. */
export default function WelcomePage() {
  const t = useTexts()
  const [token] = useState(() => location.hash.slice(1))
  if (token === '')
    return (
      <PageFrame title={t('door.welcome.title')} lead={t('door.welcome.nolink')}>
        <PageLink to="/sign-in">{t('door.welcome.signin')}</PageLink>
      </PageFrame>
    )
  return (
    <PageFrame title={t('door.welcome.title')}>
      <Card>
        <Link token={token} />
      </Card>
    </PageFrame>
  )
}

function Link({ token }: { readonly token: string }) {
  const found = useAsk(LinkFound, '/api/sign-in/link/look', { body: { token } })
  return <Asked of={found}>{(link) => <UseLink token={token} link={link} />}</Asked>
}

interface UseLinkProps {
  readonly token: string
  readonly link: z.output<typeof LinkFound>
}

function UseLink({ token, link }: UseLinkProps) {
  const t = useTexts()
  const oidc = useAsk(SignInWays, '/api/sign-in').data?.oidc
  const { use, isPending, error } = useUsing({ token, link })
  const [password, setPassword] = useState('')
  const [name, setName] = useState(link.name)
  const isFirst = link.purpose === 'first-administrator'
  const ready = !link.needsPassword || isLongEnough(password)
  const submit = (event: SubmitEvent) => {
    event.preventDefault()
    use({ ...(link.needsPassword ? { password } : {}), ...(isFirst ? { name } : {}) })
  }
  return (
    <form onSubmit={submit}>
      <Stack gap="md">
        <Text>{t(`door.welcome.${link.purpose}`, { account: link.account })}</Text>
        {error && <Problem error={error} />}
        {isFirst && (
          <TextInput
            label={t('door.person.name')}
            autoComplete="name"
            required
            value={name}
            onChange={(event) => setName(event.currentTarget.value)}
          />
        )}
        {link.needsPassword && <NewPasswordField value={password} onChange={setPassword} />}
        <Button type="submit" loading={isPending} disabled={!ready} fullWidth>
          {t('door.welcome.go')}
        </Button>
        {typeof oidc === 'string' && link.needsPassword && <OidcButton label={oidc} token={token} />}
      </Stack>
    </form>
  )
}

/** Uses the link up, and goes on; who comes in for the first time does so in the language that this page was read in. */
function useUsing({ token, link: { purpose } }: UseLinkProps) {
  const enter = useEnter()
  const language = useLanguage()
  const { mutate, isPending, error } = useChange({ answer: Me })
  const isNew = purpose === 'first-administrator' || purpose === 'invitation'
  const use = (given: { readonly password?: string; readonly name?: string }) => {
    const body = { token, ...given, ...(isNew ? { language } : {}) }
    mutate({ path: '/api/sign-in/link', body }, { onSuccess: enter })
  }
  return { use, isPending, error }
}
