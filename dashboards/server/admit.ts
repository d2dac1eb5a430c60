import { Failure } from '../../connectors/failure.ts'
import { readGrants } from '../../orchestrator/ledger/grants.ts'
import {
  hospitalsWith,
  ROLES_THAT_SEE_ITEMS,
  type AnyRole,
  type Grants,
} from '../../orchestrator/ledger/roles.ts'
import type { Scope } from '../../orchestrator/ledger/scope.ts'
import { sessionHolder } from '../../orchestrator/ledger/sessions.ts'
import { tokenHolder } from '../../orchestrator/ledger/api-tokens.ts'
import type { LedgerDatabase } from '../../orchestrator/ledger/tables.ts'
import type { Caller, Route } from './route.ts'

/** What a request came with. */
export interface Shown {
  readonly sessionKey: string | undefined
  readonly authorization: string | undefined
}

export interface Known {
  readonly caller: Caller
  /** Of a person; undefined for a machine. */
  readonly session: string | undefined
  readonly hasSecondFactor: boolean
}

/** For routes that are open to anyone, when nobody is signed in. */
export const NOBODY: Caller = {
  kind: 'machine',
  account: 'nobody',
  name: '',
  language: 'nl',
  grants: new Map(),
}

/** Who asks, as the door knows them now. A token wins from a cookie; undefined when neither is valid. */
export async function recognise(db: LedgerDatabase, shown: Shown): Promise<Known | undefined> {
  if (shown.authorization !== undefined) return await machineOf(db, shown.authorization)
  if (shown.sessionKey === undefined) return undefined
  const holder = await sessionHolder(db, shown.sessionKey)
  if (!holder) return undefined
  const { session, account, name, language, hasSecondFactor } = holder
  const grants = await readGrants(db, account)
  return { caller: { kind: 'person', account, name, language, grants }, session, hasSecondFactor }
}

async function machineOf(db: LedgerDatabase, authorization: string): Promise<Known | undefined> {
  const token = /^Bearer ([\w-]{1,200})$/i.exec(authorization)?.[1]
  const holder = token === undefined ? undefined : await tokenHolder(db, token)
  if (!holder) return undefined
  const { id, name, hospital, role } = holder
  const grants: Grants = new Map([[hospital, new Set([role])]])
  return {
    caller: { kind: 'machine', account: id, name, language: 'en', grants },
    session: undefined,
    hasSecondFactor: true,
  }
}

/**
 * Whether a caller may use a route, and what of the ledger it shows.
 * @param hospital of the path, when it names one
 * @throws business `not-signed-in` or `not-allowed`
 */
export function admit(
  { roles, forPeople }: Pick<Route, 'roles' | 'forPeople'>,
  known: Known | undefined,
  hospital: string | undefined,
): Scope {
  if (roles === 'anyone') return { hospitals: [], itemHospitals: [] }
  if (!known) throw notSignedIn()
  if (roles === 'signed-in') {
    // A machine has no account of its own to look after.
    if (known.session === undefined) throw notAllowed()
    return { hospitals: [], itemHospitals: [] }
  }
  const { grants, kind } = known.caller
  if (forPeople && kind === 'machine') throw notForMachines()
  const within = (wanted: readonly AnyRole[]) =>
    hospitalsWith(grants, wanted).filter((own) => hospital === undefined || own === hospital)
  const hospitals = within(roles.filter((role) => role !== 'colleague'))
  const asColleague = within(roles.filter((role) => role === 'colleague'))
  if (hospitals.length === 0 && asColleague.length === 0) throw notAllowed()
  return {
    hospitals,
    itemHospitals: within(roles.filter((role) => ROLES_THAT_SEE_ITEMS.includes(role))),
    ...(asColleague.length > 0 && {
      colleague: { hospitals: asColleague, account: known.caller.account },
    }),
  }
}

/**
 * Refuses a person with a password alone, where the installation wants more; the own account stays open, to set it.
 * @throws business `second-factor-needed`
 */
export function requireSecondFactor({ roles }: Pick<Route, 'roles'>, known: Known | undefined): void {
  if (known === undefined || known.hasSecondFactor || roles === 'anyone' || roles === 'signed-in') return
  const sentence = 'This installation asks for a second factor: set it first, under one’s own account.'
  throw new Failure('business', 'second-factor-needed', sentence)
}

const notSignedIn = () => new Failure('business', 'not-signed-in', 'Sign in first, or send a valid token.')

const notForMachines = () =>
  new Failure('business', 'not-allowed', 'This is for a person to decide: sign in instead of using a token.')

/** The same for a hospital that does not exist: who may not see it need not know. */
const notAllowed = () =>
  new Failure(
    'business',
    'not-allowed',
    'This account has no role for this here: ask an administrator of the hospital for it.',
  )
