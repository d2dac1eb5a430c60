import { silentLog } from '../../connectors/log.ts'
import type { Config } from '../../orchestrator/config.ts'
import type { Finding } from './doctor-findings.ts'

/** The FHIR systems that stand in the ledger: whether they answer, and are what the robots take them for. */
export async function findFhir(
  config: Config,
  before: readonly Finding[],
): Promise<readonly Omit<Finding, 'about'>[]> {
  if (before.some(({ status }) => status === 'problem'))
    return [{ status: 'note', sentence: 'They stand in the database: mend what is wrong first.' }]
  const { bots } = await import('../../bots/index.ts')
  const { openInstallation } = await import('../../orchestrator/installation.ts')
  const { checkFhirSystems } = await import('../../orchestrator/work/check-fhir.ts')
  const options = { config, log: silentLog, say: () => undefined, serves: false }
  const installation = await openInstallation(options)
  try {
    const found = await checkFhirSystems({ ...installation, bots })
    if (found.length === 0) return [{ status: 'ok', sentence: 'No FHIR system is set up yet.' }]
    return found.map(({ hospital, right, sentence }) => ({
      status: right ? 'ok' : 'problem',
      sentence: `${hospital}: ${sentence}`,
    }))
  } finally {
    await installation.close()
  }
}
