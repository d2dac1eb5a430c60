import { Button, Group } from '@mantine/core'
import { useState } from 'react'
import type { z } from 'zod'
import { People } from '../../server/door/people-schemas.ts'
import { Asked } from '../shared/asked.tsx'
import { Card } from '../shared/card.tsx'
import { DataTable, type Column } from '../shared/data-table.tsx'
import { LocalTime } from '../shared/local-time.tsx'
import { rolesAt, useMe } from '../shared/me.ts'
import { PageFrame } from '../shared/page-frame.tsx'
import { StateBadge, type StateTone } from '../shared/state-badge.tsx'
import { useAsk } from '../shared/use-ask.ts'
import { useHospital } from '../shared/use-path.ts'
import { useTexts, type Texts } from '../shared/use-texts.ts'
import { ChangePersonDialog, type PersonChange } from './change-person-dialog.tsx'
import { InviteDialog } from './invite-dialog.tsx'

export type Person = z.output<typeof People>[number]

const TONES: Readonly<Record<Person['state'], StateTone>> = {
  invited: 'busy',
  active: 'good',
  disabled: 'quiet',
}

/** Who works at a hospital with Ontregel, and what each of them may. */
export default function PeoplePage() {
  const t = useTexts()
  const { api, name } = useHospital()
  const people = useAsk(People, `${api}/people`)
  const [inviting, setInviting] = useState(false)
  const administers = useAdministers()
  return (
    <PageFrame
      title={t('door.people.title')}
      lead={t('door.people.lead', { name })}
      actions={administers && <Button onClick={() => setInviting(true)}>{t('door.people.invite')}</Button>}
    >
      <Card>
        <Asked of={people}>{(rows) => <PeopleTable rows={rows} />}</Asked>
      </Card>
      {inviting && <InviteDialog onClose={() => setInviting(false)} />}
    </PageFrame>
  )
}

function useAdministers(): boolean {
  const me = useMe()
  return rolesAt(me, useHospital().id).includes('administrator')
}

function PeopleTable({ rows }: { readonly rows: readonly Person[] }) {
  const t = useTexts()
  const administers = useAdministers()
  const [change, setChange] = useState<PersonChange | undefined>()
  const columns = personColumns(t)
  const actions = {
    key: 'do',
    title: t('door.person.change'),
    show: (person: Person) => <Actions person={person} onChoose={setChange} />,
  }
  return (
    <>
      <DataTable
        caption={t('door.people.title')}
        columns={administers ? [...columns, actions] : columns}
        rows={rows}
        rowKey={({ account }) => account}
      />
      {change && <ChangePersonDialog change={change} onClose={() => setChange(undefined)} />}
    </>
  )
}

const personColumns = (t: Texts): Column<Person>[] => [
  { key: 'name', title: t('door.person.name'), show: ({ name }) => name, sortBy: ({ name }) => name },
  {
    key: 'account',
    title: t('door.signin.name'),
    show: ({ account }) => account,
    sortBy: ({ account }) => account,
  },
  {
    key: 'roles',
    title: t('door.person.roles'),
    show: ({ roles }) => roles.map((role) => t(`door.role.${role}`)).join(', '),
  },
  {
    key: 'state',
    title: t('door.person.state'),
    show: ({ state }) => <StateBadge tone={TONES[state]} text={t(`door.person.${state}`)} />,
  },
  {
    key: 'factor',
    title: t('door.factor.short'),
    show: ({ hasTotp, hasOidc }) => t(hasTotp || hasOidc ? 'shared.yes' : 'shared.no'),
  },
  {
    key: 'in',
    title: t('door.person.signedin'),
    show: ({ signedIn }) => (signedIn === null ? '–' : <LocalTime at={signedIn} />),
  },
]

interface ActionsProps {
  readonly person: Person
  readonly onChoose: (change: PersonChange) => void
}

function Actions({ person, onChoose }: ActionsProps) {
  const t = useTexts()
  const { account } = useMe()
  const button = (what: PersonChange['what']) => (
    <Button
      key={what}
      size="xs"
      variant="default"
      aria-label={t(`door.person.${what}.of`, { name: person.name })}
      onClick={() => onChoose({ what, person })}
    >
      {t(`door.person.${what}`)}
    </Button>
  )
  const others = person.account !== account && person.ours
  return (
    <Group gap="xs">
      {button('roles')}
      {others && button('link')}
      {others && button(person.state === 'disabled' ? 'enable' : 'disable')}
    </Group>
  )
}
