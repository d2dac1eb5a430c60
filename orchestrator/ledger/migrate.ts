import { Migrator, type Migration } from 'kysely/migration'
import type { LedgerDatabase } from './tables.ts'
import * as ledger from './migrations/0001-ledger.ts'
import * as savings from './migrations/0002-savings.ts'
import * as messages from './migrations/0003-messages.ts'
import * as fhirTriggers from './migrations/0004-fhir-triggers.ts'
import * as accessLog from './migrations/0006-access-log.ts'
import * as door from './migrations/0005-door.ts'
import * as administering from './migrations/0007-administering.ts'
import * as worklist from './migrations/0008-worklist.ts'
import * as savingsAudit from './migrations/0009-savings-audit.ts'
import * as savingsLayers from './migrations/0009-savings-layers.ts'
import * as savingsRollUps from './migrations/0009-savings-roll-ups.ts'
import * as connectors from './migrations/0011-connectors.ts'
import * as channels from './migrations/0011-channels.ts'
import * as figureChanges from './migrations/0011-figure-changes.ts'
import * as hl7Systems from './migrations/0011-hl7-systems.ts'
import * as imports from './migrations/0011-imports.ts'
import * as itemTurns from './migrations/0011-item-turns.ts'
import * as messageVersions from './migrations/0011-message-versions.ts'
import * as programme from './migrations/0011-programme.ts'
import * as reported from './migrations/0010-reported.ts'
import * as operating from './migrations/0010-operating.ts'
import * as recountDays from './migrations/0011-recount-days.ts'
import * as signedYears from './migrations/0011-signed-years.ts'
import * as recountWatch from './migrations/0011-recount-watch.ts'
import * as reporters from './migrations/0011-reporters.ts'
import * as traces from './migrations/0011-traces.ts'
import * as alarmAbout from './migrations/0011-alarm-about.ts'
import * as alarmDays from './migrations/0011-alarm-days.ts'
import * as alarmItems from './migrations/0011-alarm-items.ts'
import * as accessChecks from './migrations/0011-access-checks.ts'
import * as signInRetention from './migrations/0011-sign-in-retention.ts'
import * as channelProblems from './migrations/0011-channel-problems.ts'
import * as caseParts from './migrations/0011-case-parts.ts'
import * as shadowCounts from './migrations/0011-shadow-counts.ts'
import * as messageLast from './migrations/0011-message-last.ts'
import * as messageReasons from './migrations/0011-message-reasons.ts'
import * as timesByDay from './migrations/0011-times-by-day.ts'
import * as timing from './migrations/0011-timing.ts'
import * as withdrawing from './migrations/0011-withdrawing.ts'
import * as rowSecurity from './migrations/0012-row-security.ts'

const MIGRATIONS: Readonly<Record<string, Migration>> = {
  '0001-ledger': ledger,
  '0002-savings': savings,
  '0003-messages': messages,
  '0004-fhir-triggers': fhirTriggers,
  '0006-access-log': accessLog,
  '0005-door': door,
  '0007-administering': administering,
  '0008-worklist': worklist,
  '0009-savings-audit': savingsAudit,
  '0009-savings-layers': savingsLayers,
  '0009-savings-roll-ups': savingsRollUps,
  '0011-connectors': connectors,
  '0011-alarm-about': alarmAbout,
  '0011-alarm-days': alarmDays,
  '0011-alarm-items': alarmItems,
  '0011-channels': channels,
  '0011-figure-changes': figureChanges,
  '0011-hl7-systems': hl7Systems,
  '0011-imports': imports,
  '0011-item-turns': itemTurns,
  '0011-message-versions': messageVersions,
  '0011-programme': programme,
  '0010-reported': reported,
  '0010-operating': operating,
  '0011-recount-days': recountDays,
  '0011-recount-watch': recountWatch,
  '0011-reporters': reporters,
  '0011-signed-years': signedYears,
  '0011-traces': traces,
  '0011-access-checks': accessChecks,
  '0011-sign-in-retention': signInRetention,
  '0011-message-last': messageLast,
  '0011-message-reasons': messageReasons,
  '0011-channel-problems': channelProblems,
  '0011-times-by-day': timesByDay,
  '0011-timing': timing,
  '0011-withdrawing': withdrawing,
  '0011-shadow-counts': shadowCounts,
  '0011-case-parts': caseParts,
  '0012-row-security': rowSecurity,
}

/** The newest step of the schema: where every ledger is that was opened. */
export const SCHEMA_VERSION: string = Object.keys(MIGRATIONS).toSorted().at(-1) ?? ''

/** Brings the ledger's schema forward to this version; several processes may do so at once. Throws when a step fails. */
export async function migrate(db: LedgerDatabase): Promise<void> {
  const migrator = new Migrator({
    db,
    provider: { getMigrations: () => Promise.resolve({ ...MIGRATIONS }) },
    migrationTableSchema: 'ontregel',
  })
  const { error, results } = await migrator.migrateToLatest()
  if (!error) return
  const failed = results?.find((result) => result.status === 'Error')?.migrationName ?? 'the first'
  throw new Error(`The database could not be brought up to date: migration ${failed} failed.`, {
    cause: error,
  })
}
