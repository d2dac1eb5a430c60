import { Box, NavLink, Stack, Text } from '@mantine/core'
import { Link, useLocation } from '@tanstack/react-router'
import { useId } from 'react'
import type { NavigationGroup } from '../page.ts'
import { useMe } from '../shared/me.ts'
import { useTexts } from '../shared/use-texts.ts'
import { useCurrentHospital } from './current-hospital.ts'
import { navigablePages, type NavigablePage } from './navigable.ts'

/** The pages that the reader may open, by the three groups of people. */
export function Navigation({ onChoose }: { readonly onChoose: () => void }) {
  const groups = navigablePages(useMe(), useCurrentHospital())
  return (
    <Stack gap="lg">
      {groups.map(({ group, pages }) => (
        <Group key={group} group={group} pages={pages} onChoose={onChoose} />
      ))}
    </Stack>
  )
}

interface GroupProps {
  readonly group: NavigationGroup
  readonly pages: readonly NavigablePage[]
  readonly onChoose: () => void
}

function Group({ group, pages, onChoose }: GroupProps) {
  const t = useTexts()
  const id = useId()
  const { pathname } = useLocation()
  return (
    <Box>
      <Text id={id} className="navigation-title" mb={4}>
        {t(`shared.group.${group}`)}
      </Text>
      <ul className="navigation-group" aria-labelledby={id}>
        {pages.map(({ page, to }) => (
          <li key={page.path}>
            <NavLink
              label={t(page.title)}
              active={isAt(pathname, to)}
              onClick={onChoose}
              renderRoot={(props) => <Link to={to} activeOptions={{ exact: true }} {...props} />}
            />
          </li>
        ))}
      </ul>
    </Box>
  )
}

/** The page itself, and those that one comes to from it. */
const isAt = (pathname: string, to: string): boolean => pathname === to || pathname.startsWith(`${to}/`)
