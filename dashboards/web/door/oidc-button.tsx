import { Button, Stack } from '@mantine/core'
import { OidcBegun } from '../../server/door/sign-in-schemas.ts'
import { Problem } from '../shared/asked.tsx'
import { useChange } from '../shared/use-ask.ts'
import { useTexts } from '../shared/use-texts.ts'

interface OidcButtonProps {
  /** What the service is called, as the installation says. */
  readonly label: string
  /** A one-time link that is tied to who signs in there. */
  readonly token?: string
}

/** To the hospital's own sign-in service, which sends the browser back. */
export function OidcButton({ label, token }: OidcButtonProps) {
  const t = useTexts()
  const { mutate, isPending, error } = useChange({ answer: OidcBegun })
  const begin = () =>
    mutate(
      { path: '/api/sign-in/oidc', body: token === undefined ? {} : { token } },
      { onSuccess: ({ address }) => location.assign(address) },
    )
  return (
    <Stack gap="sm">
      {error && <Problem error={error} />}
      <Button variant="default" loading={isPending} onClick={begin} fullWidth>
        {t('door.signin.oidc', { label })}
      </Button>
    </Stack>
  )
}
