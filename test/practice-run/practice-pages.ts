import { Failure } from '../../connectors/failure.ts'
import { linkAddress } from '../../dashboards/server/door/link-sign-in.ts'
import { startServer, type RunningServer } from '../../dashboards/server/start-server.ts'
import type { Installation } from '../../orchestrator/installation.ts'
import { practiceLink } from '../../orchestrator/ledger/first-administrator.ts'
import { HOSPITAL, putPracticeHospital } from './practice-work.ts'

export interface PracticePages extends AsyncDisposable {
  /** Where they are and how to come in, with line endings. */
  readonly sentence: string
}

/** The pages of the practice hospital, with a fresh link for its administrator at each start. */
export async function openPracticePages(installation: Installation): Promise<PracticePages> {
  await putPracticeHospital(installation.db)
  const server = await onSomePort(installation)
  const key = await practiceLink(server.doorDb, 'praktijkbeheerder', HOSPITAL)
  const sentence = `Watch it at ${server.address}; this link signs you in, once, within the hour:\n${linkAddress(server.address, key)}\n`
  return { sentence, [Symbol.asyncDispose]: () => server.close() }
}

/** Two practices may run on one machine: the second takes another port. */
async function onSomePort(installation: Installation): Promise<RunningServer> {
  try {
    return await startServer({ installation })
  } catch (error) {
    if (!(error instanceof Failure && error.code === 'web-port')) throw error
    const config = { ...installation.config, webPort: 0 }
    return await startServer({ installation: { ...installation, config } })
  }
}
