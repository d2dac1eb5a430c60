import { Box, NavLink, Stack, Text } from '@mantine/core'
import { Link, useLocation } from '@tanstack/react-router'
import { useEffect, useId, useRef } from 'react'
import type { NavigationGroup } from '../page.ts'
import { useMe } from '../shared/me.ts'
import { useTexts } from '../shared/use-texts.ts'
import { useCurrentHospital } from './current-hospital.ts'
import { navigablePages, type NavigablePage } from './navigable.ts'

/** The pages that the reader may open, by the three groups of people. */
export function Navigation({ onChoose }: { readonly onChoose: () => void }) {
  const groups = navigablePages(useMe(), useCurrentHospital())
  const { pathname } = useLocation()
  const list = useRef<HTMLDivElement>(null)
  useEffect(() => bringInSight(list.current), [pathname])
  return (
    <Stack gap="lg" ref={list}>
      {groups.map(({ group, pages }) => (
        <Group key={group} group={group} pages={pages} onChoose={onChoose} />
      ))}
    </Stack>
  )
}

/**
 * There are more pages than fit: the one that is open comes to the middle when it is out of sight. By hand, for
 * `scrollIntoView` moves where the keyboard begins as well.
 */
function bringInSight(list: HTMLElement | null): void {
  const open = list?.querySelector('a[data-active]')
  const frame = open?.closest('nav')
  if (!open || !frame) return
  const [own, around] = [open.getBoundingClientRect(), frame.getBoundingClientRect()]
  if (own.top >= around.top && own.bottom <= around.bottom) return
  frame.scrollTop += (own.top + own.bottom - around.top - around.bottom) / 2
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
