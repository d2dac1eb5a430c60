import { NativeSelect, Stack, Text, TextInput } from '@mantine/core'
import { useState } from 'react'
import type { Role } from '../../../orchestrator/ledger/roles.ts'
import { Invited } from '../../server/door/people-schemas.ts'
import { LANGUAGES } from '../shell/language-choice.tsx'
import { ConfirmDialog } from '../shared/confirm-dialog.tsx'
import { ShownOnce } from '../shared/shown-once.tsx'
import { useChange } from '../shared/use-ask.ts'
import { useHospital } from '../shared/use-path.ts'
import { useTexts } from '../shared/use-texts.ts'
import { RoleChoice } from './role-choice.tsx'

/** Invites somebody to a hospital: the link of a new account is shown once, to be handed over. */
export function InviteDialog({ onClose }: { readonly onClose: () => void }) {
  const t = useTexts()
  const list = `${useHospital().api}/people`
  const { mutate, isPending, error, data } = useChange({ answer: Invited, touches: [list] })
  const [person, setPerson] = useState<Invitation>({ account: '', name: '', language: 'nl', roles: [] })
  const ready = person.account !== '' && person.name !== '' && person.roles.length > 0
  return (
    <ConfirmDialog
      opened
      title={t('door.people.invite')}
      confirm={t('door.people.invite')}
      done={data !== undefined}
      ready={ready}
      busy={isPending}
      error={error}
      onConfirm={() => mutate({ path: list, body: person })}
      onClose={onClose}
    >
      {data ? (
        <InvitedNow name={person.name} link={data.link} />
      ) : (
        <Fields person={person} onChange={setPerson} />
      )}
    </ConfirmDialog>
  )
}

interface Invitation {
  readonly account: string
  readonly name: string
  readonly language: string
  readonly roles: readonly Role[]
}

interface FieldsProps {
  readonly person: Invitation
  readonly onChange: (person: Invitation) => void
}

function Fields({ person, onChange }: FieldsProps) {
  const t = useTexts()
  return (
    <Stack gap="md">
      <TextInput
        label={t('door.person.name')}
        required
        data-autofocus
        value={person.name}
        onChange={(event) => onChange({ ...person, name: event.currentTarget.value })}
      />
      <TextInput
        label={t('door.signin.name')}
        description={t('door.person.account.hint')}
        required
        value={person.account}
        onChange={(event) => onChange({ ...person, account: event.currentTarget.value })}
      />
      <NativeSelect
        label={t('shared.shell.language')}
        value={person.language}
        data={[...LANGUAGES]}
        onChange={(event) => onChange({ ...person, language: event.currentTarget.value })}
      />
      <RoleChoice roles={person.roles} onChange={(roles) => onChange({ ...person, roles })} />
    </Stack>
  )
}

function InvitedNow({ name, link }: { readonly name: string; readonly link: string | null }) {
  const t = useTexts()
  if (link === null) return <Text>{t('door.people.added', { name })}</Text>
  return <ShownOnce sentence={t('door.people.invited', { name })} value={link} />
}
