import { sql, type Kysely } from 'kysely'

/** Who may come in: accounts and their roles, sessions, one-time links, tokens of machines, and who came. */
export async function up(db: Kysely<unknown>): Promise<void> {
  for (const part of [people, waysIn, comings]) await part.execute(db)
}

const people = sql`
CREATE TABLE account (
  id text PRIMARY KEY CHECK (id ~ '^[a-z0-9][a-z0-9._@-]{1,79}$'),
  name text NOT NULL,
  language text NOT NULL CHECK (language IN ('nl', 'en')),
  state text NOT NULL CHECK (state IN ('invited', 'active', 'disabled')),
  everywhere boolean NOT NULL DEFAULT false,
  password text,
  totp bytea,
  totp_step bigint,
  issuer text,
  subject text,
  made_at timestamptz NOT NULL DEFAULT clock_timestamp(),
  signed_in_at timestamptz,
  UNIQUE (issuer, subject),
  CHECK ((issuer IS NULL) = (subject IS NULL))
);
CREATE TABLE account_role (
  account text NOT NULL REFERENCES account,
  hospital text NOT NULL REFERENCES hospital,
  role text NOT NULL CHECK (role IN ('administrator', 'it', 'programme', 'auditor')),
  given_by text NOT NULL,
  given_at timestamptz NOT NULL DEFAULT clock_timestamp(),
  PRIMARY KEY (account, hospital, role)
);
CREATE INDEX account_role_at ON account_role (hospital);`

const waysIn = sql`
CREATE TABLE session (
  hash bytea PRIMARY KEY,
  id uuid NOT NULL UNIQUE DEFAULT gen_random_uuid(),
  account text NOT NULL REFERENCES account,
  way text NOT NULL CHECK (way IN ('password', 'link', 'oidc')),
  address text NOT NULL,
  browser text NOT NULL,
  made_at timestamptz NOT NULL DEFAULT clock_timestamp(),
  seen_at timestamptz NOT NULL DEFAULT clock_timestamp(),
  idle_until timestamptz NOT NULL,
  ends_at timestamptz NOT NULL
);
CREATE INDEX session_of ON session (account);
CREATE TABLE one_time_link (
  hash bytea PRIMARY KEY,
  account text NOT NULL REFERENCES account,
  purpose text NOT NULL CHECK (purpose IN ('first-administrator', 'invitation', 'new-password', 'sign-in')),
  made_by text NOT NULL,
  made_at timestamptz NOT NULL DEFAULT clock_timestamp(),
  ends_at timestamptz NOT NULL,
  used_at timestamptz
);
CREATE INDEX one_time_link_of ON one_time_link (account);
CREATE TABLE api_token (
  id uuid PRIMARY KEY DEFAULT gen_random_uuid(),
  hash bytea NOT NULL UNIQUE,
  hospital text NOT NULL REFERENCES hospital,
  name text NOT NULL,
  role text NOT NULL CHECK (role IN ('administrator', 'it', 'programme', 'auditor')),
  made_by text NOT NULL,
  made_at timestamptz NOT NULL DEFAULT clock_timestamp(),
  ends_at timestamptz NOT NULL,
  used_at timestamptz,
  withdrawn_at timestamptz
);
CREATE TABLE oidc_attempt (
  hash bytea PRIMARY KEY,
  browser bytea NOT NULL,
  sealed bytea NOT NULL,
  ends_at timestamptz NOT NULL
);`

const comings = sql`
CREATE TABLE sign_in (
  id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
  at timestamptz NOT NULL DEFAULT clock_timestamp(),
  account text REFERENCES account,
  way text NOT NULL CHECK (way IN ('password', 'link', 'oidc', 'token')),
  outcome text NOT NULL CHECK (outcome IN ('in', 'wrong', 'code-wrong', 'blocked', 'not-active', 'out')),
  address text NOT NULL
);
CREATE INDEX sign_in_of ON sign_in (account, at);
CREATE INDEX sign_in_newest ON sign_in (at);
CREATE TABLE sign_in_block (
  key bytea PRIMARY KEY,
  failures integer NOT NULL,
  failed_at timestamptz NOT NULL,
  until timestamptz NOT NULL
);`
