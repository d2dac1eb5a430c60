import { Failure } from '../../../connectors/failure.ts'
import {
  openHl7System,
  type Hl7Content,
  type Hl7Holder,
  type Hl7System,
  type Hl7SystemSettings,
} from '../../../connectors/hl7/system.ts'
import { silentLog } from '../../../connectors/log.ts'
import { NO_PRESS } from '../../../connectors/press-guard.ts'
import { closeLater } from './channel-under-test.ts'

const ARRIVED = new Date('2026-11-20T09:30:00Z')
export const HOLDER: Hl7Holder = { guard: NO_PRESS, arrivedAt: ARRIVED }

/** A system at that port of this machine, closed after the test by `closeAll`. */
export function endpoint(port: number, change: Partial<Hl7SystemSettings> = {}) {
  const opened = openHl7System(
    {
      id: 'ris',
      address: `mllp://127.0.0.1:${port}`,
      tls: {},
      sender: { application: 'ONTREGEL', facility: 'OOST' },
      receiver: { application: 'RIS', facility: 'OOST' },
      version: '2.4',
      charset: '8859/1',
      processing: 'P',
      recognisesDuplicates: false,
      limits: { connectMs: 2000, answerMs: 2000, idleMs: 60_000 },
      ...change,
    },
    silentLog,
  )
  closeLater(() => opened.close())
  return opened
}

export const BOOKING: Hl7Content = {
  type: 'SIU',
  trigger: 'S12',
  structure: 'SIU_S12',
  marker: 'OR-0123456789ABCDEF0123',
  segments: [
    ['SCH', 'A-1'],
    ['PID', '1', undefined, '4711'],
    ['NTE', '1', undefined, 'Ren\xe9e | bel ~ na 17:00'],
  ],
}

/** What the runner does with the act, without a ledger. */
export async function send(system: Hl7System, content: Hl7Content = BOOKING): Promise<string> {
  const { prepare, press, confirm } = system.sending(system.message(content))
  await prepare()
  return await confirm(await press())
}

export async function failureOf(trying: Promise<unknown>): Promise<Failure> {
  const caught = await trying.then(
    () => undefined,
    (error: unknown) => error,
  )
  if (caught instanceof Failure) return caught
  throw new Error('Expected a failure.')
}
