import { useState } from 'react'
import type { Role } from '../../../orchestrator/ledger/roles.ts'
import { Done } from '../../server/door/account-schemas.ts'
import { NewLink } from '../../server/door/people-schemas.ts'
import { ConfirmDialog } from '../shared/confirm-dialog.tsx'
import { ShownOnce } from '../shared/shown-once.tsx'
import { told } from '../shared/told.ts'
import { useChange } from '../shared/use-ask.ts'
import { useHospital } from '../shared/use-path.ts'
import { useTexts } from '../shared/use-texts.ts'
import type { Person } from './people-page.tsx'
import { RoleChoice } from './role-choice.tsx'

/** What is to be done with whose account. */
export interface PersonChange {
  readonly what: 'roles' | 'link' | 'disable' | 'enable'
  readonly person: Person
}

interface DialogProps {
  readonly change: PersonChange
  readonly onClose: () => void
}

/** Asks before an account changes: its roles here, a link for a new password, or whether it may come in. */
export function ChangePersonDialog({ change, onClose }: DialogProps) {
  if (change.what === 'roles') return <RolesDialog person={change.person} onClose={onClose} />
  if (change.what === 'link') return <LinkDialog person={change.person} onClose={onClose} />
  return <StateDialog change={change} onClose={onClose} />
}

interface PersonDialogProps {
  readonly person: Person
  readonly onClose: () => void
}

function usePersonPath(person: Person): { readonly list: string; readonly path: string } {
  const list = `${useHospital().api}/people`
  return { list, path: `${list}/${encodeURIComponent(person.account)}` }
}

function RolesDialog({ person, onClose }: PersonDialogProps) {
  const t = useTexts()
  const { list, path } = usePersonPath(person)
  const [roles, setRoles] = useState<readonly Role[]>(person.roles)
  const { mutate, isPending, error } = useChange({ answer: Done, method: 'PUT', touches: [list, '/api/me'] })
  const done = () => {
    told(t('shared.saved'))
    onClose()
  }
  return (
    <ConfirmDialog
      opened
      title={t('door.person.roles.of', { name: person.name })}
      confirm={t('shared.save')}
      busy={isPending}
      error={error}
      onConfirm={() => mutate({ path: `${path}/roles`, body: { roles } }, { onSuccess: done })}
      onClose={onClose}
    >
      <RoleChoice roles={roles} onChange={setRoles} />
    </ConfirmDialog>
  )
}

function LinkDialog({ person, onClose }: PersonDialogProps) {
  const t = useTexts()
  const { list, path } = usePersonPath(person)
  const { mutate, isPending, error, data } = useChange({ answer: NewLink, touches: [list] })
  return (
    <ConfirmDialog
      opened
      title={t('door.person.link.of', { name: person.name })}
      sentence={t('door.person.link.why')}
      confirm={t('door.person.link.make')}
      done={data !== undefined}
      busy={isPending}
      error={error}
      onConfirm={() => mutate({ path: `${path}/link` })}
      onClose={onClose}
    >
      {data && <ShownOnce sentence={t('door.person.link.give', { name: person.name })} value={data.link} />}
    </ConfirmDialog>
  )
}

function StateDialog({ change: { what, person }, onClose }: DialogProps) {
  const t = useTexts()
  const { list, path } = usePersonPath(person)
  const disables = what === 'disable'
  const { mutate, isPending, error } = useChange({ answer: Done, method: 'PUT', touches: [list] })
  const body = { state: disables ? 'disabled' : 'active' }
  return (
    <ConfirmDialog
      opened
      title={t(disables ? 'door.person.disable.of' : 'door.person.enable.of', { name: person.name })}
      sentence={t(disables ? 'door.person.disable.why' : 'door.person.enable.why')}
      confirm={t(disables ? 'door.person.disable' : 'door.person.enable')}
      {...(disables ? { color: 'red' } : {})}
      busy={isPending}
      error={error}
      onConfirm={() => mutate({ path: `${path}/state`, body }, { onSuccess: onClose })}
      onClose={onClose}
    />
  )
}
