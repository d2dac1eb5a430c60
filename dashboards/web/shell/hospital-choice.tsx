import { NativeSelect, Text } from '@mantine/core'
import { useLocation, useNavigate } from '@tanstack/react-router'
import { useMe } from '../shared/me.ts'
import { useTexts } from '../shared/use-texts.ts'
import { useCurrentHospital } from './current-hospital.ts'

/** Which hospital is looked at; a choice for who has several, its name for who has one. */
export function HospitalChoice() {
  const t = useTexts()
  const { hospitals } = useMe()
  const current = useCurrentHospital()
  const { pathname } = useLocation()
  const navigate = useNavigate()
  if (hospitals.length < 2)
    return (
      <Text size="sm" c="dimmed" visibleFrom="xs" truncate>
        {hospitals[0]?.name}
      </Text>
    )
  return (
    <NativeSelect
      aria-label={t('shared.shell.hospital')}
      size="sm"
      maw={{ base: 132, xs: 240 }}
      value={current ?? ''}
      data={hospitals.map(({ id, name }) => ({ value: id, label: name }))}
      onChange={(event) => void navigate({ to: sameThingThere(pathname, event.currentTarget.value) })}
    />
  )
}

/** The same page at the other hospital; a page of one thing there goes back to its list, which exists at both. */
function sameThingThere(pathname: string, hospital: string): string {
  const [, here] = /^\/hospitals\/[^/]+(\/[^/]+)?/.exec(pathname) ?? []
  return here === undefined ? '/' : `/hospitals/${hospital}${here}`
}
