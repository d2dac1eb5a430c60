import { silentLog } from '../../connectors/log.ts'
import type { Config } from '../../orchestrator/config.ts'
import type { Installation } from '../../orchestrator/installation.ts'
import { readLogChecks, type LogCheck } from '../../orchestrator/ledger/access-rounds.ts'
import type { Finding } from './doctor-findings.ts'
import { localTime } from './local-time.ts'

export type Found = readonly Omit<Finding, 'about'>[]

const ZONE = 'Europe/Amsterdam'

/** Opens the ledger of this installation for as long as looking in it takes; that it opens is no finding. */
export async function withLedger(
  config: Config,
  look: (installation: Installation) => Promise<void>,
): Promise<Found> {
  const { openInstallation } = await import('../../orchestrator/installation.ts')
  const options = { config, log: silentLog, say: () => undefined, serves: false }
  const installation = await openInstallation(options)
  try {
    await look(installation)
    return []
  } finally {
    await installation.close()
  }
}

/** The FHIR systems: whether they answer, and are what the robots take them for. */
export async function findFhir(installation: Installation): Promise<Found> {
  const { bots } = await import('../../bots/index.ts')
  const { checkFhirSystems } = await import('../../orchestrator/work/check-fhir.ts')
  const found = await checkFhirSystems({ ...installation, bots })
  if (found.length === 0) return [{ status: 'ok', sentence: 'No FHIR system is set up yet.' }]
  return found.map(({ hospital, right, sentence }) => ({
    status: right ? 'ok' : 'problem',
    sentence: `${hospital}: ${sentence}`,
  }))
}

/** The systems that take HL7 messages: whether they take connections. Nothing is sent to them. */
export async function findHl7(installation: Installation): Promise<Found> {
  const { checkHl7Systems } = await import('../../orchestrator/work/check-hl7.ts')
  const found = await checkHl7Systems(installation)
  if (found.length === 0)
    return [{ status: 'ok', sentence: 'No system that takes HL7 messages is set up yet.' }]
  return found.map(({ hospital, right, sentence }) => ({
    status: right ? 'ok' : 'problem',
    sentence: `${hospital}: ${sentence}`,
  }))
}

/** Whether the access log of each hospital was as it was written, when all of it was last looked at. */
export async function findAccessLogs({ db }: Installation): Promise<Found> {
  const checks = await readLogChecks(db)
  if (checks.length === 0)
    return [{ status: 'note', sentence: 'It was not checked yet: "serve" does, daily.' }]
  return checks.map(foundOf)
}

function foundOf({ hospital, whole, wrong }: LogCheck): Found[number] {
  if (wrong)
    return {
      status: 'problem',
      sentence: `${hospital}: number ${wrong.number} does not fit. ${wrong.sentence}`,
      remedy: 'Keep the database as it is, and see who could change it; "ontregel audit verify" looks anew.',
    }
  if (!whole)
    return { status: 'note', sentence: `${hospital}: the first check of the whole log is not done yet.` }
  const sentence = `${hospital}: all ${whole.rows} rows fitted on ${localTime(whole.at, ZONE)}.`
  return { status: 'ok', sentence }
}
