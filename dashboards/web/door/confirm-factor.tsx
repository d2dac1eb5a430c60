import { Anchor, Button, Code, Group, Stack, Text, TextInput } from '@mantine/core'
import { useState, type SubmitEvent } from 'react'
import type { z } from 'zod'
import { Done } from '../../server/door/account-schemas.ts'
import type { TotpOffer } from '../../server/door/me-schemas.ts'
import { Problem } from '../shared/asked.tsx'
import { QrCode } from '../shared/qr-code.tsx'
import { told } from '../shared/told.ts'
import { useChange } from '../shared/use-ask.ts'
import { useTexts } from '../shared/use-texts.ts'

/** Puts the secret in an app, by its picture or by hand, and shows with a code that the app has it. */
export function ConfirmFactor({ offer }: { readonly offer: z.output<typeof TotpOffer> }) {
  const t = useTexts()
  const [code, setCode] = useState('')
  const { mutate, isPending, error } = useChange({ answer: Done, method: 'PUT', touches: ['/api/me'] })
  const submit = (event: SubmitEvent) => {
    event.preventDefault()
    const body = { secret: offer.secret, code }
    mutate({ path: '/api/me/totp', body }, { onSuccess: () => told(t('door.factor.confirmed')) })
  }
  return (
    <form onSubmit={submit}>
      <Stack gap="md" maw={420}>
        <Text>{t('door.factor.scan')}</Text>
        <QrCode text={offer.address} label={t('door.factor.picture')} />
        <Text size="sm">
          {t('door.factor.byhand')} <Code>{offer.secret.match(/.{1,4}/g)?.join(' ') ?? ''}</Code>
        </Text>
        <Text size="sm">
          <Anchor href={offer.address}>{t('door.factor.open')}</Anchor>
        </Text>
        {error && <Problem error={error} />}
        <TextInput
          label={t('door.signin.code')}
          description={t('door.signin.code.hint')}
          autoComplete="one-time-code"
          inputMode="numeric"
          required
          value={code}
          onChange={(event) => setCode(event.currentTarget.value)}
        />
        <Group>
          <Button type="submit" loading={isPending}>
            {t('door.factor.confirm')}
          </Button>
        </Group>
      </Stack>
    </form>
  )
}
