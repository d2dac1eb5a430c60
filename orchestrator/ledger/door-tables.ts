import type { ColumnType, Generated } from 'kysely'
import type { Role } from './roles.ts'

type Nullable<T> = T | null
type Default<T> = Generated<T>

export type LinkPurpose = 'first-administrator' | 'invitation' | 'new-password' | 'sign-in'
export type SignInWay = 'password' | 'link' | 'oidc' | 'token'
export type SignInOutcome = 'in' | 'wrong' | 'code-wrong' | 'blocked' | 'not-active' | 'out'

/** Who may come in, and how they got there. Only the role of the door sees these. */
export interface DoorTables {
  account: AccountTable
  account_role: {
    account: string
    hospital: string
    role: Role
    given_by: string
    given_at: Default<Date>
  }
  session: SessionTable
  one_time_link: {
    hash: Buffer
    account: string
    purpose: LinkPurpose
    made_by: string
    made_at: Default<Date>
    ends_at: Date
    used_at: Nullable<Date>
  }
  api_token: ApiTokenTable
  oidc_attempt: {
    hash: Buffer
    browser: Buffer
    sealed: Buffer
    ends_at: Date
  }
  sign_in: {
    id: Default<number>
    at: Default<Date>
    account: Nullable<string>
    way: SignInWay
    outcome: SignInOutcome
    address: string
  }
  sign_in_block: { key: Buffer; failures: number; failed_at: Date; until: Date }
}

interface AccountTable {
  /** The name one signs in with, and what the ledger writes down. */
  id: string
  name: string
  language: 'nl' | 'en'
  state: 'invited' | 'active' | 'disabled'
  /** Administers every hospital there is or will be. */
  everywhere: Default<boolean>
  /** A PHC string. */
  password: Nullable<string>
  totp: Nullable<Buffer>
  /** The last time step a code was taken of, so that none is taken twice. */
  totp_step: Nullable<number>
  issuer: Nullable<string>
  subject: Nullable<string>
  made_at: Default<Date>
  signed_in_at: Nullable<Date>
}

interface SessionTable {
  hash: Buffer
  /** What it is called where it is shown; gives no way in. */
  id: Default<string>
  account: string
  way: SignInWay
  address: string
  browser: string
  made_at: Default<Date>
  seen_at: Default<Date>
  idle_until: ColumnType<Date, Date, Date>
  ends_at: Date
}

interface ApiTokenTable {
  id: Default<string>
  hash: Buffer
  hospital: string
  name: string
  role: Role
  made_by: string
  made_at: Default<Date>
  ends_at: Date
  used_at: Nullable<Date>
  withdrawn_at: Nullable<Date>
}
