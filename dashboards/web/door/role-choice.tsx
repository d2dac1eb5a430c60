import { Checkbox, Stack } from '@mantine/core'
import { ROLES, type Role } from '../../../orchestrator/ledger/roles.ts'
import { useTexts } from '../shared/use-texts.ts'

interface RoleChoiceProps {
  readonly roles: readonly Role[]
  readonly onChange: (roles: readonly Role[]) => void
}

/** The roles at one hospital, each with what it may. */
export function RoleChoice({ roles, onChange }: RoleChoiceProps) {
  const t = useTexts()
  const known = (values: readonly string[]) => ROLES.filter((role) => values.includes(role))
  return (
    <Checkbox.Group
      label={t('door.person.roles')}
      value={[...roles]}
      onChange={(values) => onChange(known(values))}
    >
      <Stack gap="sm" mt="xs">
        {ROLES.map((role) => (
          <Checkbox
            key={role}
            value={role}
            label={t(`door.role.${role}`)}
            description={t(`door.role.${role}.may`)}
          />
        ))}
      </Stack>
    </Checkbox.Group>
  )
}
