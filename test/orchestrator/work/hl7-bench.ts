import { createServer } from 'node:net'
import { once } from 'node:events'
import { z } from 'zod'
import { putDeployment, putSystem } from '../../../orchestrator/ledger/setup.ts'
import type { LedgerDatabase } from '../../../orchestrator/ledger/tables.ts'
import { startPracticeProcess, temporaryFolder } from '../../practice/practice-process.ts'
import { PLAIN_DEPLOYMENT } from './bench.ts'

export interface Told {
  /** `RIS` recognises what it had before, `PLANNING` does not. */
  readonly application: 'RIS' | 'PLANNING'
  readonly recognisesDuplicates?: boolean
  readonly answerMs?: number
}

/** The robot's deployment at the hospital of a bench, and the system that it tells. */
export async function putTelling(
  db: LedgerDatabase,
  address: string,
  { application, recognisesDuplicates = false, answerMs = 300 }: Told,
): Promise<void> {
  const settings = {
    receiver: { application },
    sender: { application: 'ONTREGEL' },
    recognisesDuplicates,
    limits: { answerMs },
  }
  await putSystem(db, { hospital: 'oost', id: 'ris', kind: 'hl7', address, seats: 1, settings })
  await putDeployment(db, { ...PLAIN_DEPLOYMENT, id: 'oost-test', systems: { ris: 'ris' } })
}

const Effects = z.array(z.object({ key: z.string() }))
const Patients = z.array(z.object({ zis: z.string() }))

export interface Receiver extends AsyncDisposable {
  readonly address: string
  /** A patient that it knows. */
  readonly patient: string
  /** How the next messages fare; none of it when left out. */
  misbehave(kind?: 'error-but-applied' | 'error-not-applied', shows?: 'status' | 'reset'): Promise<void>
  /** How often it was told under this control id. */
  told(controlId: string): Promise<number>
}

/** The receiver of a practice hospital, a process of its own. */
export async function startReceiver(): Promise<Receiver> {
  const folder = temporaryFolder()
  const none = ['--referrals', '0', '--appointments', '0', '--deaths', '0']
  const practice = await startPracticeProcess(folder.path, '--patients', '20', ...none)
  const [patient] = Patients.parse(await practice.control('/patients'))
  return {
    address: practice.at.hl7,
    patient: patient?.zis ?? '',
    async misbehave(kind, shows = 'status') {
      const faults = kind ? { rate: 1, kinds: [kind], shows: [shows] } : { rate: 0 }
      await practice.control('/faults', faults)
    },
    async told(controlId) {
      const effects = Effects.parse(await practice.control('/witness?kind=message-taken'))
      return effects.filter(({ key }) => key === controlId).length
    },
    async [Symbol.asyncDispose]() {
      await practice[Symbol.asyncDispose]()
      folder[Symbol.dispose]()
    },
  }
}

/** An address at which nobody listens. */
export async function nobody(): Promise<string> {
  const server = createServer().listen(0, '127.0.0.1')
  await once(server, 'listening')
  const address = server.address()
  server.close()
  await once(server, 'close')
  return `mllp://127.0.0.1:${typeof address === 'object' && address ? address.port : 1}`
}
