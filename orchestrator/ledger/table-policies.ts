import type { Tables } from './tables.ts'

/** Who may see and change which rows of a table. */
export interface TablePolicy {
  /** Which rows `ontregel_web` sees: an expression over the table's columns; left out when it sees none. */
  readonly web?: string
  /** Whether `ontregel_web` only reads it. */
  readonly webReads?: boolean
  /** What is written stays as it is: nobody but the owner changes or removes it. */
  readonly addedTo?: boolean
  /** Belongs to the door: `ontregel_app` and `ontregel_web` see nothing of it, `ontregel_door` everything. */
  readonly door?: boolean
  /** The functions that keep the table run with its owner's rights and must see its rows. */
  readonly ownerKeeps?: boolean
  /** For who is a colleague and no more, beside `web`: nothing when left out. */
  readonly colleague?: ColleaguePolicy
}

/** Expressions over the table's columns. */
interface ColleaguePolicy {
  readonly sees: string
  /** Which rows they may add. */
  readonly writes?: string
  /** Which rows they may change and take away; afterwards it must be such a row still. */
  readonly keeps?: string
}

/** Of a hospital that the caller may see. */
const HOSPITAL = 'hospital = ANY ((SELECT seen_hospitals())::text[])'
/** Of a hospital whose items the caller may see. */
const ITEMS = 'hospital = ANY ((SELECT seen_item_hospitals())::text[])'
const OF_ITEM = 'EXISTS (SELECT FROM item seen WHERE seen.id = item)'
const OF_DEPLOYMENT = 'deployment IN (SELECT seen.id FROM deployment seen)'
const OF_TRIGGER = 'trigger IN (SELECT seen.id FROM trigger seen)'
/** Of a hospital where the caller is a colleague and no more. */
const COLLEAGUE = 'hospital = ANY ((SELECT seen_as_colleague())::text[])'
const OWN = 'account = (SELECT seen_account())'
const OWN_RUNNING = `${COLLEAGUE} AND ${OWN}`
const OWN_CASE = `${OWN_RUNNING} AND item IS NULL`
const OPEN_MEASUREMENT = `${COLLEAGUE} AND method = 'stopwatch' AND closed_at IS NULL`
/** A measurement that a colleague does not see is closed, or of another hospital. */
const OF_MEASUREMENT = 'measurement IN (SELECT seen.id FROM measurement seen)'
const OWN_VOTE = `${OWN} AND idea IN (SELECT seen.id FROM idea seen)`
/** Of the installation: for everybody who has a role somewhere. */
const INSTALLATION = 'cardinality(seen_hospitals()) > 0'

const hospital: TablePolicy = { web: HOSPITAL }
const items: TablePolicy = { web: ITEMS }
const ofItem: TablePolicy = { web: OF_ITEM }
const ofDeployment: TablePolicy = { web: OF_DEPLOYMENT }
const door: TablePolicy = { door: true }

/**
 * Every table of the ledger. A table that is not here does not compile and fails a test: name it with the policy it
 * needs, and when it is made after migration 0012, let its migration call `protectTables` for it.
 */
export const TABLE_POLICIES: Readonly<Record<keyof Tables, TablePolicy>> = {
  hospital: { web: HOSPITAL.replace('hospital', 'id') },
  norm: hospital,
  system: hospital,
  seat: hospital,
  secret: hospital,
  credential: hospital,
  system_check: hospital,
  channel: hospital,
  closing_day: hospital,
  deployment: hospital,
  deployment_system: hospital,
  draft: hospital,
  trigger: ofDeployment,
  fhir_poll: { web: OF_TRIGGER },
  fhir_seen: {},
  run: hospital,
  change: { web: HOSPITAL, addedTo: true },

  item: { web: ITEMS, ownerKeeps: true },
  item_patient: items,
  item_order: items,
  item_taken: items,
  item_list: items,
  work_session: items,
  work_beat: items,
  bulk: items,
  bulk_item: items,
  timed_case: {
    web: ITEMS,
    colleague: { sees: OWN_CASE, writes: `${OWN_CASE} AND ${OF_MEASUREMENT}`, keeps: OWN_CASE },
  },
  running_case: {
    web: ITEMS,
    colleague: { sees: OWN_RUNNING, writes: `${OWN_CASE} AND ${OF_MEASUREMENT}`, keeps: OWN_RUNNING },
  },
  alarm: items,
  act: ofItem,
  event: { web: OF_ITEM, addedTo: true, ownerKeeps: true },
  evidence: { web: OF_ITEM, webReads: true, ownerKeeps: true },
  message: items,
  message_patient: { web: ITEMS, webReads: true },
  message_id: {
    web: 'EXISTS (SELECT FROM channel c WHERE c.id = channel AND c.hospital = ANY ((SELECT seen_item_hospitals())::text[]))',
    webReads: true,
  },
  patient_queue: items,
  message_upkeep: {},

  access_entry: { web: ITEMS, addedTo: true },
  access_link: { web: ITEMS, webReads: true, addedTo: true, ownerKeeps: true },
  access_anchor: { web: ITEMS, webReads: true, addedTo: true },
  access_chain: { web: ITEMS, webReads: true, ownerKeeps: true },
  access_unlinked: { web: ITEMS, ownerKeeps: true },
  access_check: { web: ITEMS, webReads: true },

  reported_import: hospital,
  reported_import_day: hospital,

  baseline: ofDeployment,
  measurement: { web: HOSPITAL, ownerKeeps: true, colleague: { sees: OPEN_MEASUREMENT } },
  credit: ofDeployment,
  claim: hospital,
  claim_part: hospital,
  day_count: ofDeployment,
  roll_up: ofDeployment,
  count_change: ofDeployment,
  settings_change: { web: INSTALLATION },
  nightly_recount: { web: INSTALLATION, webReads: true },
  upkeep: ofDeployment,
  one_off: hospital,
  chain: hospital,
  chain_part: hospital,
  realised: hospital,
  business_case: hospital,
  bot_activity: { web: INSTALLATION, webReads: true },

  adoption: {
    web: HOSPITAL,
    colleague: {
      sees: `${COLLEAGUE} AND EXISTS (SELECT FROM idea i WHERE i.hospital = adoption.hospital AND i.bot = adoption.bot)`,
    },
  },
  round_plan: hospital,
  idea: {
    web: HOSPITAL,
    colleague: { sees: COLLEAGUE, writes: `${COLLEAGUE} AND ${OWN} AND state = 'open'` },
  },
  idea_vote: {
    web: 'EXISTS (SELECT FROM idea i WHERE i.id = idea AND i.hospital = ANY ((SELECT seen_hospitals())::text[]))',
    colleague: { sees: OWN_VOTE, writes: OWN_VOTE, keeps: OWN_VOTE },
  },
  pleasure_score: hospital,
  time_use: hospital,
  staff_hours: hospital,
  cost: hospital,
  hour_rate: ofDeployment,
  lead_time: ofDeployment,

  bot_given: { web: INSTALLATION, webReads: true },
  bot_given_upkeep: {},

  worker: { web: INSTALLATION },
  sweep: { web: INSTALLATION, webReads: true },
  retention: { web: HOSPITAL, ownerKeeps: true },
  retention_upkeep: {},
  lasting_key: {},

  account: door,
  account_role: door,
  session: door,
  one_time_link: door,
  api_token: door,
  oidc_attempt: door,
  sign_in: { door: true, addedTo: true, ownerKeeps: true },
  sign_in_block: door,
}
