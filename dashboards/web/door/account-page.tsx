import { Button } from '@mantine/core'
import { PageFrame } from '../shared/page-frame.tsx'
import { Facts } from '../shared/facts.tsx'
import { Card } from '../shared/card.tsx'
import { useMe } from '../shared/me.ts'
import { useTexts } from '../shared/use-texts.ts'
import { useSignOut } from '../shell/use-sign-out.ts'
import { Appearance } from './appearance.tsx'
import { ChangePassword } from './change-password.tsx'
import { SecondFactor } from './second-factor.tsx'
import { OwnSessions } from './own-sessions.tsx'

/** What somebody has for oneself: password, code, sessions, language and colours. */
export default function AccountPage() {
  const t = useTexts()
  const me = useMe()
  const roles = me.hospitals.map(({ id, name, roles: own }) => ({
    title: name,
    value: own.map((role) => t(`door.role.${role}`)).join(', '),
    key: id,
  }))
  return (
    <PageFrame title={t('door.account.title')}>
      <Card title={me.name} actions={<SignOutButton />}>
        <Facts facts={[{ title: t('door.signin.name'), value: me.account }, ...roles]} />
      </Card>
      <Appearance />
      <ChangePassword />
      <SecondFactor />
      <OwnSessions />
    </PageFrame>
  )
}

function SignOutButton() {
  const t = useTexts()
  const signOut = useSignOut()
  return (
    <Button variant="default" onClick={() => signOut()}>
      {t('shared.shell.signout')}
    </Button>
  )
}
