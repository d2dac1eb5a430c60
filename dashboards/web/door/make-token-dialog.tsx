import { NativeSelect, Stack, TextInput } from '@mantine/core'
import { useState } from 'react'
import { TOKEN_ROLES, type TokenRole } from '../../../orchestrator/ledger/roles.ts'
import { TokenMade } from '../../server/door/token-schemas.ts'
import { ConfirmDialog } from '../shared/confirm-dialog.tsx'
import { NumberField } from '../shared/number-field.tsx'
import { ShownOnce } from '../shared/shown-once.tsx'
import { useChange } from '../shared/use-ask.ts'
import { useHospital } from '../shared/use-path.ts'
import { useTexts } from '../shared/use-texts.ts'

const DAYS = { least: 1, most: 366, usual: 90 }

interface Wanted {
  readonly name: string
  readonly role: TokenRole
  readonly days: number
}

/** Makes a token for other software, which is shown once. */
export function MakeTokenDialog({ onClose }: { readonly onClose: () => void }) {
  const t = useTexts()
  const list = `${useHospital().api}/tokens`
  const { mutate, isPending, error, data } = useChange({ answer: TokenMade, touches: [list] })
  const [wanted, setWanted] = useState<Wanted>({ name: '', role: 'programme', days: DAYS.usual })
  return (
    <ConfirmDialog
      opened
      title={t('door.tokens.make')}
      confirm={t('door.tokens.make')}
      done={data !== undefined}
      ready={wanted.name.trim() !== ''}
      busy={isPending}
      error={error}
      onConfirm={() => mutate({ path: list, body: wanted })}
      onClose={onClose}
    >
      {data ? (
        <ShownOnce sentence={t('door.tokens.made')} value={data.token} />
      ) : (
        <Fields wanted={wanted} onChange={setWanted} />
      )}
    </ConfirmDialog>
  )
}

function Fields({
  wanted,
  onChange,
}: {
  readonly wanted: Wanted
  readonly onChange: (wanted: Wanted) => void
}) {
  const t = useTexts()
  return (
    <Stack gap="md">
      <TextInput
        label={t('door.tokens.name')}
        description={t('door.tokens.name.hint')}
        required
        data-autofocus
        value={wanted.name}
        onChange={(event) => onChange({ ...wanted, name: event.currentTarget.value })}
      />
      <NativeSelect
        label={t('door.tokens.role')}
        description={t(`door.role.${wanted.role}.may`)}
        value={wanted.role}
        data={TOKEN_ROLES.map((role) => ({ value: role, label: t(`door.role.${role}`) }))}
        onChange={(event) => onChange({ ...wanted, role: roleOf(event.currentTarget.value) })}
      />
      <NumberField
        label={t('door.tokens.days')}
        min={DAYS.least}
        max={DAYS.most}
        value={wanted.days}
        onChange={(days) => onChange({ ...wanted, days: days ?? 0 })}
      />
    </Stack>
  )
}

const roleOf = (value: string): TokenRole => TOKEN_ROLES.find((role) => role === value) ?? 'programme'
