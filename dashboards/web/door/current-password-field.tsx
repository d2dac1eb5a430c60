import { PasswordInput } from '@mantine/core'
import { useTexts } from '../shared/use-texts.ts'

interface CurrentPasswordFieldProps {
  readonly label: string
  readonly value: string
  readonly onChange: (password: string) => void
}

/** The password that one has: an open page alone must not be enough to change an account. */
export function CurrentPasswordField({ label, value, onChange }: CurrentPasswordFieldProps) {
  const t = useTexts()
  return (
    <PasswordInput
      label={label}
      autoComplete="current-password"
      required
      visibilityToggleButtonProps={{ 'aria-label': t('shared.secret.show') }}
      value={value}
      onChange={(event) => onChange(event.currentTarget.value)}
    />
  )
}
