import { once } from 'node:events'
import { createServer, type Socket } from 'node:net'
import { setTimeout as delay } from 'node:timers/promises'
import { z } from 'zod'
import type { Fault, FaultKind } from '../faults.ts'
import type { Hospital } from '../hospital.ts'
import type { Patients } from '../patients.ts'
import { createDeframer, frame } from './mllp.ts'
import { readReceived, type Received } from './received.ts'

/** Where messages of robots come in. */
export interface Hl7Receiver {
  /** `mllp://127.0.0.1:port` */
  readonly url: string
  close(): Promise<void>
}

const SUPPORTED: readonly FaultKind[] = ['slow', 'error-not-applied', 'error-but-applied', 'applied-late']

/** MSH-5: this one knows what it had before, the other does all that it gets. */
const APPLICATIONS = ['RIS', 'PLANNING']
const RECOGNISES = 'RIS'

const taken = z.object({ controlId: z.string(), bytes: z.string() })

/** Starts the receiver; what it takes is an effect `message-taken` of the witness, by control id. */
export async function startHl7Receiver(hospital: Hospital, port: number): Promise<Hl7Receiver> {
  const sockets = new Set<Socket>()
  const take = taking(hospital)
  const server = createServer((socket) => {
    sockets.add(socket)
    socket.on('close', () => sockets.delete(socket))
    socket.on('error', () => socket.destroy())
    const deframe = createDeframer()
    socket.on('data', (chunk) => {
      for (const bytes of deframe(chunk)) void answer(hospital, socket, bytes, take)
    })
  })
  server.listen(port, '127.0.0.1')
  await once(server, 'listening')
  const address = server.address()
  return {
    url: `mllp://127.0.0.1:${typeof address === 'object' && address ? address.port : port}`,
    async close() {
      const closed = once(server, 'close')
      server.close()
      sockets.forEach((socket) => socket.destroy())
      await closed
    },
  }
}

type Take = (bytes: Buffer) => Answer

/** MSA-1, and the HL7 error number when it is not AA. */
interface Answer {
  readonly received: Received
  readonly code: 'AA' | 'AE' | 'AR'
  readonly error?: number
}

function taking({ store, witness, patients }: Hospital): Take {
  const before = store.collection('hl7-taken', taken)
  return (bytes) => {
    const received = readReceived(bytes)
    const { controlId, application } = received
    if (!APPLICATIONS.includes(application)) return { received, code: 'AR', error: 207 }
    if (!isKnown(patients, received)) return { received, code: 'AE', error: 204 }
    const earlier = application === RECOGNISES ? before.get(controlId) : undefined
    const text = bytes.toString('base64')
    if (earlier)
      return earlier.bytes === text ? { received, code: 'AA' } : { received, code: 'AE', error: 205 }
    before.put(controlId, { controlId, bytes: text })
    const { sender: account, type, zis } = received
    witness.record({ kind: 'message-taken', key: controlId, account, detail: { application, type, zis } })
    return { received, code: 'AA' }
  }
}

const isKnown = (patients: Patients, { zis }: Received): boolean =>
  zis !== undefined && patients.get(zis) !== undefined

async function answer({ faults }: Hospital, socket: Socket, bytes: Buffer, take: Take): Promise<void> {
  const fault = faults.draw('write', SUPPORTED)
  if (fault?.kind === 'slow') await delay(fault.ms)
  if (!fault || fault.kind === 'slow') return void socket.write(frame(acknowledgement(take(bytes))))
  if (fault.kind === 'error-not-applied' && fault.shows === 'status') {
    const refused = { received: readReceived(bytes), code: 'AE', error: 207 } as const
    return void socket.write(frame(acknowledgement(refused)))
  }
  if (fault.kind === 'error-but-applied') take(bytes)
  if (fault.kind === 'applied-late') faults.later(fault.ms, () => void take(bytes))
  withoutAnswer(socket, fault)
}

/** Silence, or a connection that breaks. */
function withoutAnswer(socket: Socket, { shows }: Fault): void {
  if (shows === 'reset') socket.resetAndDestroy()
}

function acknowledgement({ received, code, error }: Answer): Buffer {
  const { controlId, application, sender } = received
  const head = `MSH|^~\\&|${application}|PRAKTIJK|${sender}|PRAKTIJK|20261122083000||ACK|A${controlId}|P|2.4`
  const lines = [head, `MSA|${code}|${controlId}`, ...(error === undefined ? [] : [`ERR|^^^${error}`])]
  return Buffer.from(`${lines.join('\r')}\r`, 'latin1')
}
