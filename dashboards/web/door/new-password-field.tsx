import { PasswordInput } from '@mantine/core'
import { useTexts } from '../shared/use-texts.ts'

const LEAST = 12

/** Whether the server will take it: length is what counts. */
export const isLongEnough = (password: string): boolean => password.length >= LEAST

interface NewPasswordFieldProps {
  readonly value: string
  readonly onChange: (password: string) => void
}

/** A new password; says how long it must be before it is sent, and not while nothing was typed. */
export function NewPasswordField({ value, onChange }: NewPasswordFieldProps) {
  const t = useTexts()
  const tooShort = value !== '' && !isLongEnough(value)
  return (
    <PasswordInput
      label={t('door.password.new')}
      description={t('door.password.rule', { least: LEAST })}
      error={tooShort ? t('door.password.short', { more: LEAST - value.length }) : undefined}
      autoComplete="new-password"
      required
      visibilityToggleButtonProps={{ 'aria-label': t('shared.secret.show') }}
      value={value}
      onChange={(event) => onChange(event.currentTarget.value)}
    />
  )
}
