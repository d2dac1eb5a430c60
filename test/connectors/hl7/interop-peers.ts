import { once } from 'node:events'
import { createServer, type AddressInfo, type Server, type Socket } from 'node:net'
import { createServer as createTlsServer } from 'node:tls'
import { Hl7Message } from '@medplum/core'
import { Hl7Connection } from '@medplum/hl7'
import { Client, Message, type Batch, type Connection } from 'node-hl7-client'
import { Server as NodeHl7Server } from 'node-hl7-server'
import type { Certificate } from './certificates.ts'
import { closeLater } from './channel-under-test.ts'
import { until } from './peer.ts'

/** What a peer's server does with a message, by its control id. */
export type Judge = (controlId: string) => 'AA' | 'AE'

/** A text as @medplum/hl7 holds it. Its line ends must go: it makes an empty segment of the last. */
export const medplumMessage = (text: string) => Hl7Message.parse(text.trimEnd())

/**
 * A server of @medplum/hl7 connections. Its own server listens on every interface of the machine, so the sockets are
 * taken in here.
 */
export async function startMedplumServer(judge: Judge, tls?: Certificate): Promise<number> {
  const serve = (socket: Socket) => {
    const connection = new Hl7Connection(socket, 'latin1')
    connection.addEventListener('message', ({ message }) =>
      connection.send(message.buildAck({ ackCode: judge(message.header.getComponent(10, 1)) })),
    )
  }
  return await listen(tls ? createTlsServer(tls, serve) : createServer(serve))
}

async function listen(server: Server): Promise<number> {
  server.listen(0, '127.0.0.1')
  await once(server, 'listening')
  closeLater(async () => server.close())
  return (server.address() as AddressInfo).port
}

/** A server of node-hl7-server; `seen` is told each control id as often as it hands a message over. */
export async function startNodeHl7Server(
  judge: Judge,
  seen: (controlId: string) => void,
  tls?: Certificate,
): Promise<number> {
  const port = await freePort()
  const server = new NodeHl7Server({ bindAddress: '127.0.0.1', ...(tls ? { tls } : {}) })
  const inbound = server.createInbound({ port, encoding: 'latin1' }, async (request, response) => {
    const id = request.getMessage().get('MSH.10').toString()
    seen(id)
    await response.sendResponse(judge(id))
  })
  closeLater(() => inbound.close())
  await once(inbound, 'listen')
  return port
}

/** It does not say which port it got when it is given 0. */
async function freePort(): Promise<number> {
  const probe = createServer().listen(0, '127.0.0.1')
  await once(probe, 'listening')
  const { port } = probe.address() as AddressInfo
  probe.close()
  await once(probe, 'close')
  return port
}

export interface NodeHl7Sender {
  /** Sends and does not wait. */
  send(message: Message | Batch): Promise<void>
  /** The answers so far, as text, once there are so many. */
  answers(count: number): Promise<readonly string[]>
}

/**
 * A connected client of node-hl7-client. It is only used once it is connected: with two messages waiting for that, it
 * turns in a circle for ever and takes its whole process along.
 */
export async function openNodeHl7Client(
  port: number,
  options: { tls?: object; waitAck?: boolean } = {},
): Promise<NodeHl7Sender> {
  const { tls, waitAck = true } = options
  const client = new Client({ host: '127.0.0.1', version: '2.4', ...(tls ? { tls } : {}) })
  const answers: string[] = []
  const settings = { port, version: '2.4' as const, encoding: 'latin1' as const, waitAck }
  const connection: Connection = client.createConnection(settings, (answer) => {
    answers.push(answer.getMessage().toString())
  })
  closeLater(() => connection.close())
  await once(connection, 'connect')
  return {
    send: (message) => connection.sendMessage(message),
    answers: async (count) => {
      await until(`${count} answers`, () => answers.length >= count)
      return [...answers]
    },
  }
}

export const nodeHl7Message = (text: string) => new Message({ text })
