import type { Hospital } from '../hospital.ts'
import type { Patient } from '../patients.ts'
import { adtMessage, mergeMessage, type Death, type Envelope } from './adt.ts'
import { toLatin1 } from './latin1.ts'
import { sendPlanned } from './planned.ts'
import { openQueue, type FeedMessage } from './queue.ts'
import { sendBytes } from './raw.ts'
import { createSender, type Sender, type SenderTimes } from './sender.ts'

export type DeathEvent = 'A03' | 'A08' | 'A31'

/** The hospital's ADT feed. Each `send…` also changes the hospital's own patient, and gives the control id. */
export interface Hl7Feed {
  /** Starts, or goes on, sending to this receiver. */
  connect(host: string, port: number): void
  /** Reports a death, by default of an hour ago. */
  sendDeath(zis: string, at?: Date, event?: DeathEvent): string
  sendDeathWithdrawn(zis: string): string
  sendMerge(fromZis: string, toZis: string): string
  sendAdmission(zis: string): string
  /** The planned deaths among other messages; what was queued before is not queued again. Gives the new control ids. */
  sendPlanned(): readonly string[]
  /** Sends the same bytes a second time, as feeds do after trouble of their own. */
  sendAgain(controlId: string): void
  /** Bytes without a frame over a connection of their own; gives what came back. */
  sendRaw(bytes: Buffer): Promise<Buffer>
  sent(): readonly FeedMessage[]
  /** Resolves when all is answered, or the feed is closed. */
  whenAnswered(): Promise<void>
  close(): void
}

/** Queues an ADT message without changing the patient. `controlId` makes it once only. */
export type Queueing = (
  event: DeathEvent | 'A01' | 'A40',
  patient: Patient,
  make: (envelope: Envelope) => string,
  controlId?: string,
) => string

const USUAL: SenderTimes = { answerMs: 10_000, retryMs: 500 }

/** The feed of a hospital, with the queue as it was left. Nothing is sent before `connect`. */
export function createHl7Feed(hospital: Hospital, times: SenderTimes = USUAL): Hl7Feed {
  const queue = openQueue(hospital.store)
  const target: { sender?: Sender; host: string; port: number } = { host: '', port: 0 }
  const enqueue: Queueing = (event, { zis }, make, controlId = `C${queue.all().length + 100_001}`) => {
    const now = hospital.clock()
    if (!queue.has(controlId))
      queue.add({ controlId, event, zis, at: now.toISOString() }, toLatin1(make({ controlId, now })))
    target.sender?.wake()
    return controlId
  }
  return {
    ...reporting(hospital, enqueue),
    connect: (host, port) => {
      target.sender?.close()
      Object.assign(target, { host, port, sender: createSender({ host, port }, queue, times, hospital.log) })
      target.sender?.wake()
    },
    sendPlanned: () => sendPlanned(hospital, enqueue, (controlId) => queue.has(controlId)),
    sendAgain: (controlId) => {
      if (!queue.again(controlId)) throw new Error('The feed has no message with that control id.')
      target.sender?.wake()
    },
    sendRaw: (bytes) => sendBytes(target.host, target.port, bytes, times.answerMs),
    sent: () => queue.all(),
    whenAnswered: () =>
      target.sender?.whenAnswered() ?? Promise.reject(new Error('The feed is not connected.')),
    close: () => target.sender?.close(),
  }
}

type Reporting = Pick<Hl7Feed, 'sendDeath' | 'sendDeathWithdrawn' | 'sendMerge' | 'sendAdmission'>

function reporting({ patients, clock }: Hospital, enqueue: Queueing): Reporting {
  const find = (zis: string): Patient => {
    const patient = patients.get(zis)
    if (!patient) throw new Error('The practice hospital has no patient of that number.')
    return patient
  }
  const adt = (event: DeathEvent | 'A01', patient: Patient, death: Death) =>
    enqueue(event, patient, (envelope) => adtMessage(event, patient, death, envelope))
  return {
    sendDeath: (zis, at = new Date(clock().getTime() - 3_600_000), event = 'A08') => {
      patients.put({ ...find(zis), deceasedAt: at.toISOString() })
      return adt(event, find(zis), { at })
    },
    sendDeathWithdrawn: (zis) => {
      const { deceasedAt: _withdrawn, ...alive } = find(zis)
      patients.put(alive)
      return adt('A08', alive, 'withdrawn')
    },
    sendMerge: (fromZis, toZis) => {
      const to = find(toZis)
      patients.put({ ...find(fromZis), mergedInto: toZis })
      return enqueue('A40', to, (envelope) => mergeMessage(find(fromZis), to, envelope))
    },
    sendAdmission: (zis) => adt('A01', find(zis), 'not-mentioned'),
  }
}
