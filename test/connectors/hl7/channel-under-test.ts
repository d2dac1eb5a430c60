import type { Arrival, Decision } from '../../../connectors/hl7/arrival.ts'
import type { AcceptBatch } from '../../../connectors/hl7/batches.ts'
import type { ChannelSettings, Listener } from '../../../connectors/hl7/listener.ts'
import { startListener } from '../../../connectors/hl7/listener.ts'
import { readMessage } from '../../../connectors/hl7/message.ts'
import { silentLog } from '../../../connectors/log.ts'
import type { Peer } from './peer.ts'
import { connectPeer } from './peer.ts'
import { bytesOf } from './samples.ts'

const closing: (() => Promise<unknown>)[] = []

/** To be handed to afterEach: closes all that was opened, last first. */
export async function closeAll(): Promise<void> {
  for (const close of closing.splice(0).toReversed()) await close()
}

/** Something to be closed after the test. */
export function closeLater(close: () => Promise<unknown>): void {
  closing.push(close)
}

export const acceptAll: AcceptBatch = async (arrivals) => arrivals.map(() => ({ answer: 'accept' }))

export async function open(
  accept: AcceptBatch,
  settings: Partial<ChannelSettings> = {},
  log = silentLog,
): Promise<Listener> {
  const listener = await startListener({ id: 'adt', port: 0, ...settings }, accept, log)
  closing.push(() => listener.close())
  return listener
}

export async function join(listener: Listener): Promise<Peer> {
  const peer = await connectPeer(listener.port)
  closing.push(async () => peer.socket.destroy())
  return peer
}

export const codeOf = (answer: string) => readMessage(bytesOf(answer)).get('MSA-1')
export const idOf = (answer: string) => readMessage(bytesOf(answer)).get('MSA-2')

/** An accept that waits until it is let go, batch by batch. */
export function gate() {
  const batches: {
    arrivals: readonly Arrival[]
    release: (decisions?: Decision[]) => void
    fail: () => void
  }[] = []
  const accept: AcceptBatch = (arrivals) =>
    new Promise((resolve, reject) => {
      const release = (decisions?: Decision[]) =>
        resolve(decisions ?? arrivals.map(() => ({ answer: 'accept' })))
      batches.push({ arrivals, release, fail: () => reject(new Error('disk full')) })
    })
  const ids = () => batches.map(({ arrivals }) => arrivals.map(({ message }) => message?.controlId))
  return { accept, batches, ids }
}
