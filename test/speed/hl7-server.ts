import { once } from 'node:events'
import { createServer, type AddressInfo, type Server } from 'node:net'
import type { Hl7Message } from '@medplum/core'
import { Hl7Connection } from '@medplum/hl7'
import { Server as NodeHl7Server } from 'node-hl7-server'
import { Pool } from 'pg'
import { z } from 'zod'
import { silentLog } from '../../connectors/log.ts'
import { openLedger } from '../../orchestrator/ledger/open-ledger.ts'
import { putHospital } from '../../orchestrator/ledger/setup.ts'
import type { Doorbell } from '../../orchestrator/queue/doorbell.ts'
import { openDoorbell } from '../../orchestrator/queue/open-doorbell.ts'
import { secretBox } from '../../orchestrator/secrets/secret-box.ts'
import { openChannels } from '../../orchestrator/triggers/channels.ts'

const kindSchema = z.enum(['ours', 'ours-silent', 'medplum', 'row-by-row', 'node-hl7-server'])
export type ServerKind = z.output<typeof kindSchema>
const requestSchema = z.object({ kind: kindSchema, databaseUrl: z.string() })
export const readySchema = z.object({ port: z.number() })
/** Asks a server that was started to do what it left until after its answers, so that it does none of it in another's turn. */
export const SETTLE = { settle: true }
const settleSchema = z.object({ settle: z.literal(true) })
export const settledSchema = z.object({ leavesWork: z.boolean() })

/** Each starts a server that answers every message with AA, and gives its port. */
const START: Readonly<Record<ServerKind, (databaseUrl: string) => Promise<number | Left>>> = {
  ours: async (databaseUrl) =>
    await startOurs(databaseUrl, 'adt', await openDoorbell({ databaseUrl, onError: fail })),
  'ours-silent': (databaseUrl) => startOurs(databaseUrl, 'adt-silent', silentDoorbell),
  medplum: () => startMedplum(() => Promise.resolve()),
  'row-by-row': startRowByRow,
  'node-hl7-server': startNodeHl7Server,
}

interface Left {
  readonly port: number
  /** Resolves when nothing is left to do for what was answered. */
  readonly settle: () => Promise<void>
}

async function startOurs(databaseUrl: string, channel: string, doorbell: Doorbell): Promise<Left> {
  const db = await openLedger({ url: databaseUrl, onError: fail })
  await putHospital(db, { id: channel, name: 'Oost', norms: [] })
  await db.insertInto('channel').values({ id: channel, hospital: channel, port: 0, senders: [] }).execute()
  const secrets = secretBox(Buffer.alloc(32, 7))
  const { ports, idle } = await openChannels({ db, doorbell, secrets, host: '127.0.0.1', log: silentLog })
  return { port: ports.get(channel) ?? 0, settle: idle }
}

/** Tells what the queue costs. */
const silentDoorbell: Doorbell = {
  backend: 'postgres',
  ring: () => Promise.resolve(),
  answer: () => Promise.reject(new Error('Nobody answers here.')),
  counts: () => Promise.resolve({ waiting: 0, delayed: 0, active: 0 }),
  close: () => Promise.resolve(),
}

/**
 * @medplum/hl7 connections on a server of our own, for its own listens on every interface of the machine.
 * @param keep Done with each message before it is answered.
 */
async function startMedplum(keep: (message: Hl7Message) => Promise<unknown>): Promise<number> {
  const server = createServer((socket) => {
    const connection = new Hl7Connection(socket.setNoDelay(true), 'latin1')
    connection.addEventListener('message', ({ message }) => {
      keep(message).then(() => connection.send(message.buildAck()), fail)
    })
  })
  return await listen(server)
}

/** What an integrator would write: a row per message before it is answered, over as many connections as there are peers. */
async function startRowByRow(databaseUrl: string): Promise<number> {
  const pool = new Pool({ connectionString: databaseUrl, max: 16 })
  await pool.query(
    'CREATE TABLE kept (id text PRIMARY KEY, message text NOT NULL, at timestamptz DEFAULT now())',
  )
  return await startMedplum((message) => {
    const values = [message.header.getComponent(10, 1), message.toString()]
    return pool.query({ name: 'keep', text: 'INSERT INTO kept (id, message) VALUES ($1, $2)', values })
  })
}

async function startNodeHl7Server(): Promise<number> {
  const port = await freePort()
  const server = new NodeHl7Server({ bindAddress: '127.0.0.1' })
  const inbound = server.createInbound({ port, encoding: 'latin1' }, (_, response) => {
    response.sendResponse('AA').catch(fail)
  })
  await new Promise<void>((resolve) => inbound.on('listen', () => resolve()))
  return port
}

/** The peer must be told a port. */
async function freePort(): Promise<number> {
  const probe = createServer()
  const port = await listen(probe)
  probe.close()
  await once(probe, 'close')
  return port
}

async function listen(server: Server): Promise<number> {
  server.listen(0, '127.0.0.1')
  await once(server, 'listening')
  return (server.address() as AddressInfo).port
}

/** A server that is in trouble must not go on and look fast. */
function fail(error: unknown): never {
  process.stderr.write(`${error instanceof Error ? error.message : String(error)}\n`)
  process.exit(1)
}

if (process.send) {
  process.on('disconnect', () => process.exit())
  let settle: (() => Promise<void>) | undefined
  process.on('message', async (request) => {
    if (settleSchema.safeParse(request).success) {
      await settle?.()
      process.send?.({ leavesWork: settle !== undefined })
      return
    }
    const { kind, databaseUrl } = requestSchema.parse(request)
    const started = await START[kind](databaseUrl)
    if (typeof started !== 'number') settle = started.settle
    process.send?.({ port: typeof started === 'number' ? started : started.port })
  })
}
