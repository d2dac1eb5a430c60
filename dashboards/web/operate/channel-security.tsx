import { NativeSelect, PasswordInput, Text, Textarea } from '@mantine/core'
import { LocalTime } from '../shared/local-time.tsx'
import { useTexts } from '../shared/use-texts.ts'
import { SECURITY } from './channel-draft.ts'
import type { ChannelFields } from './channel-form.tsx'

interface ChannelSecurityProps extends ChannelFields {
  readonly keyEnteredAt: string | null
}

/** Whether senders come in over TLS, with what certificate, and who must show one of their own. */
export function ChannelSecurity(props: ChannelSecurityProps) {
  const { draft, set, wrong } = props
  const t = useTexts()
  return (
    <>
      <NativeSelect
        label={t('operate.channel.security')}
        description={t('operate.channel.security.hint')}
        value={draft.security}
        data={SECURITY.map((value) => ({ value, label: t(`operate.channel.security.${value}`) }))}
        onChange={(event) =>
          set({ security: SECURITY.find((one) => one === event.currentTarget.value) ?? 'none' })
        }
      />
      {draft.security !== 'none' && (
        <>
          <Pem
            label={t('operate.channel.certificate')}
            hint={t('operate.channel.certificate.hint')}
            value={draft.certificate}
            error={wrong('tls.certificate')}
            onChange={(certificate) => set({ certificate })}
          />
          <Key {...props} />
        </>
      )}
      {draft.security === 'mutual' && (
        <Pem
          label={t('operate.channel.authorities')}
          hint={t('operate.channel.authorities.hint')}
          value={draft.clientAuthorities}
          error={wrong('tls.clientAuthorities')}
          onChange={(clientAuthorities) => set({ clientAuthorities })}
        />
      )}
    </>
  )
}

/** It goes in and never comes out: an empty field leaves the one that was entered as it is. */
function Key({ draft, set, wrong, keyEnteredAt }: ChannelSecurityProps) {
  const t = useTexts()
  return (
    <>
      <Pem
        label={t('operate.channel.key')}
        hint={t(keyEnteredAt === null ? 'operate.channel.key.hint' : 'operate.channel.key.stays')}
        value={draft.key}
        error={wrong('key')}
        required={keyEnteredAt === null}
        onChange={(key) => set({ key })}
      />
      {keyEnteredAt !== null && (
        <Text size="sm" c="dimmed">
          {t('operate.channel.key.entered')} <LocalTime at={keyEnteredAt} shape="full" />
        </Text>
      )}
      <PasswordInput
        label={t('operate.channel.passphrase')}
        description={t('operate.channel.passphrase.hint')}
        autoComplete="new-password"
        visibilityToggleButtonProps={{ 'aria-label': t('shared.secret.show') }}
        value={draft.passphrase}
        onChange={(event) => set({ passphrase: event.currentTarget.value })}
      />
    </>
  )
}

interface PemProps {
  readonly label: string
  readonly hint: string
  readonly value: string
  readonly error: string | undefined
  readonly required?: boolean
  readonly onChange: (text: string) => void
}

function Pem({ label, hint, value, error, required = true, onChange }: PemProps) {
  return (
    <Textarea
      label={label}
      description={hint}
      required={required}
      autosize
      minRows={3}
      maxRows={8}
      autoComplete="off"
      spellCheck={false}
      value={value}
      error={error}
      onChange={(event) => onChange(event.currentTarget.value)}
    />
  )
}
