import { Button, Group } from '@mantine/core'
import { Link } from '@tanstack/react-router'
import { useMe } from '../shared/me.ts'
import { useTexts } from '../shared/use-texts.ts'
import { useSignOut } from './use-sign-out.ts'

/** Who is signed in: to the own account by the initials, and out. */
export function OwnAccount() {
  const t = useTexts()
  const { name } = useMe()
  const signOut = useSignOut()
  return (
    <Group gap="xs" wrap="nowrap">
      <Button variant="subtle" size="compact-sm" visibleFrom="sm" onClick={() => signOut()}>
        {t('shared.shell.signout')}
      </Button>
      <Link to="/account" className="own-account">
        <span aria-hidden="true">{initials(name)}</span>
        <span className="visually-hidden">{t('shared.shell.account', { name })}</span>
      </Link>
    </Group>
  )
}

/** Of the first and the last part of a name. */
function initials(name: string): string {
  const parts = name.split(/\s+/).filter((part) => part !== '')
  const both = parts.length > 1 ? [parts[0], parts.at(-1)] : parts
  return both.map((part = '') => part.charAt(0).toUpperCase()).join('')
}
