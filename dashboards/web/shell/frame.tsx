import { Burger, Group } from '@mantine/core'
import { useDisclosure } from '@mantine/hooks'
import { Link } from '@tanstack/react-router'
import type { ReactNode } from 'react'
import { useTexts } from '../shared/use-texts.ts'
import { OwnAccount } from './own-account.tsx'
import { HospitalChoice } from './hospital-choice.tsx'
import { Navigation } from './navigation.tsx'
import { SkipLink } from './skip-link.tsx'

/** What stands around every page of somebody who is signed in. */
export function Frame({ children }: { readonly children: ReactNode }) {
  const t = useTexts()
  const [opened, { toggle, close }] = useDisclosure(false)
  return (
    <>
      <SkipLink />
      <header className="frame-head">
        <Head opened={opened} onToggle={toggle} />
      </header>
      <nav className="frame-navigation" data-opened={opened} aria-label={t('shared.shell.navigation')}>
        <Navigation onChoose={close} />
      </nav>
      <main id="content" tabIndex={-1} className="frame-content content">
        {children}
      </main>
    </>
  )
}

interface HeadProps {
  readonly opened: boolean
  readonly onToggle: () => void
}

function Head({ opened, onToggle }: HeadProps) {
  const t = useTexts()
  return (
    <Group h="100%" px="md" gap="sm" wrap="nowrap" justify="space-between">
      <Group gap="sm" wrap="nowrap">
        <Burger
          opened={opened}
          onClick={onToggle}
          hiddenFrom="md"
          size="sm"
          lineSize={2}
          aria-label={t('shared.shell.menu')}
          aria-expanded={opened}
        />
        <Brand />
      </Group>
      <Group gap="sm" wrap="nowrap">
        <HospitalChoice />
        <OwnAccount />
      </Group>
    </Group>
  )
}

function Brand() {
  return (
    <Link to="/" className="brand">
      <Group gap={8} wrap="nowrap">
        <img src="/ontregel.svg" alt="" width={26} height={26} />
        <span>Ontregel</span>
      </Group>
    </Link>
  )
}
