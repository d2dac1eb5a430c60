import { readAccount, makeAccount } from '../../../orchestrator/ledger/accounts.ts'
import { recordChange } from '../../../orchestrator/ledger/changes.ts'
import {
  changeRoles,
  changeState,
  findPerson,
  listPeople,
  requireOurs,
} from '../../../orchestrator/ledger/hospital-people.ts'
import { makeLink } from '../../../orchestrator/ledger/one-time-links.ts'
import { listSignIns } from '../../../orchestrator/ledger/sign-ins.ts'
import { Failure } from '../../../connectors/failure.ts'
import { defineRoute, type Route, type RouteContext } from '../route.ts'
import { Done, Hospital } from './account-schemas.ts'
import { linkAddress } from './link-sign-in.ts'
import {
  ChangeRoles,
  ChangeState,
  Invite,
  Invited,
  NewLink,
  People,
  PersonPath,
  SignIns,
  SignInsAsked,
} from './people-schemas.ts'

type Changing = Pick<RouteContext, 'db' | 'door' | 'caller'>

/** Changes an account at a hospital and writes down who did, from what to what. */
async function changePerson(
  { db, door, caller }: Changing,
  hospital: string,
  account: string,
  change: () => Promise<void>,
): Promise<void> {
  const seen = async () => {
    const [person] = await listPeople(door.db, hospital, account)
    return person ? { roles: person.roles, state: person.state } : null
  }
  const before = await seen()
  await change()
  const after = await seen()
  await recordChange(db, {
    hospital,
    account: caller.account,
    what: 'person',
    subject: account,
    before,
    after,
  })
}

const readRoutes: readonly Route[] = [
  defineRoute({
    method: 'GET',
    path: '/api/hospitals/:hospital/people',
    roles: ['administrator', 'auditor'],
    summary: 'The accounts with a role at the hospital.',
    params: Hospital,
    answer: People,
    handle: ({ params }, { door }) => listPeople(door.db, params.hospital),
  }),
  defineRoute({
    method: 'GET',
    path: '/api/hospitals/:hospital/sign-ins',
    roles: ['administrator', 'it', 'auditor'],
    summary: 'Who of the hospital came in or tried to, the newest first; `before` an id for the next page.',
    params: Hospital,
    query: SignInsAsked,
    answer: SignIns,
    handle: ({ params, query }, { door }) => listSignIns(door.db, { ...params, ...query }),
  }),
]

const changeRoutes: readonly Route[] = [
  defineRoute({
    method: 'POST',
    path: '/api/hospitals/:hospital/people',
    roles: ['administrator'],
    forPeople: true,
    summary: 'Invites somebody: a new account with a link shown once, or roles for an account there is.',
    params: Hospital,
    body: Invite,
    answer: Invited,
    async handle({ params: { hospital }, body }, context) {
      const { door, caller } = context
      const { account, roles } = body
      const isNew = await makeAccount(door.db, body)
      await changePerson(context, hospital, account, () =>
        changeRoles(door.db, { hospital, account, roles, by: caller.account }),
      )
      if (!isNew) return { account, link: null, ends: null }
      const { key, ends } = await makeLink(door.db, {
        account,
        purpose: 'invitation',
        madeBy: caller.account,
      })
      return { account, link: linkAddress(door.origin, key), ends }
    },
  }),
  defineRoute({
    method: 'PUT',
    path: '/api/hospitals/:hospital/people/:account/roles',
    roles: ['administrator'],
    forPeople: true,
    summary: 'Gives an account exactly these roles at the hospital.',
    params: PersonPath,
    body: ChangeRoles,
    answer: Done,
    async handle({ params: { hospital, account }, body }, context) {
      const { door, caller } = context
      await findPerson(door.db, hospital, account)
      const change = { hospital, account, roles: body.roles, by: caller.account }
      await changePerson(context, hospital, account, () => changeRoles(door.db, change))
      return { done: true }
    },
  }),
  defineRoute({
    method: 'PUT',
    path: '/api/hospitals/:hospital/people/:account/state',
    roles: ['administrator'],
    forPeople: true,
    summary: 'Disables an account of the hospital, which ends its sessions at once, or lets it in again.',
    params: PersonPath,
    body: ChangeState,
    answer: Done,
    async handle({ params: { hospital, account }, body }, context) {
      if (account === context.caller.account) throw notYourself()
      const change = { hospital, account, state: body.state, by: context.caller.account }
      await changePerson(context, hospital, account, () => changeState(context.door.db, change))
      return { done: true }
    },
  }),
  defineRoute({
    method: 'POST',
    path: '/api/hospitals/:hospital/people/:account/link',
    roles: ['administrator'],
    forPeople: true,
    summary: 'Makes a link for a new password, shown once; for accounts of this hospital alone.',
    params: PersonPath,
    answer: NewLink,
    async handle({ params: { hospital, account } }, { db, door, caller }) {
      await requireOurs(door.db, await findPerson(door.db, hospital, account), caller.account)
      const invited = (await readAccount(door.db, account))?.state === 'invited'
      const purpose = invited ? ('invitation' as const) : ('new-password' as const)
      const { key, ends } = await makeLink(door.db, { account, purpose, madeBy: caller.account })
      const change = { what: 'person-link', subject: account, before: null, after: { purpose } }
      await recordChange(db, { hospital, account: caller.account, ...change })
      return { link: linkAddress(door.origin, key), ends }
    },
  }),
]

const notYourself = () =>
  new Failure(
    'business',
    'not-yourself',
    'One cannot disable the account one is signed in with: ask another administrator.',
  )

/** The people of a hospital, for its administrators. */
export const peopleRoutes: readonly Route[] = [...readRoutes, ...changeRoutes]
