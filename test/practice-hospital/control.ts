import fastify, { type FastifyInstance } from 'fastify'
import { z } from 'zod'
import type { Accounts } from './accounts.ts'
import { openExpected } from './expected.ts'
import { FAULT_KINDS, type FaultKind, type FaultSettings } from './faults.ts'
import type { Hl7Feed } from './hl7/feed.ts'
import type { Hospital } from './hospital.ts'
import type { Listening } from './web/site.ts'
import { duplicates, type Effect } from './witness.ts'

/** What the control API can bring about, besides what the hospital holds itself. */
export interface Levers {
  readonly accounts: Accounts & { readonly fhir: { readonly account: string; readonly token: string } }
  /** Adds so much new work and gives its keys; deaths go out over HL7 when a receiver is connected. */
  readonly arrive: (counts: Counts) => Arrived
  readonly feed: Hl7Feed
}
export interface Counts {
  readonly referrals: number
  readonly appointments: number
  readonly deaths: number
}
/** Natural keys per kind of work. */
export type Arrived = { readonly [Kind in keyof Counts]: readonly string[] }

const faultsSchema = z.object({
  rate: z.number().min(0).max(1),
  kinds: z.array(z.custom<FaultKind>((kind) => FAULT_KINDS.some((known) => known === kind))).optional(),
  seed: z.number().optional(),
  lateMs: z.number().positive().optional(),
  shows: z
    .array(z.enum(['status', 'reset']))
    .min(1)
    .optional(),
})
const amount = z.number().int().min(0).default(0)
const arrivalsSchema = z.object({ referrals: amount, appointments: amount, deaths: amount })
const addressSchema = z.object({ host: z.string(), port: z.number().int() })
const sendSchema = z.discriminatedUnion('what', [
  z.object({ what: z.enum(['death', 'withdrawn', 'admission']), zis: z.string() }),
  z.object({ what: z.literal('merge'), zis: z.string(), into: z.string() }),
  z.object({ what: z.literal('again'), controlId: z.string() }),
])
const kindSchema = z.object({ kind: z.string().optional() })

/** The HTTP JSON API for tests and demonstrations; no sign-in, loopback only. */
export async function startControl(hospital: Hospital, levers: Levers, port: number): Promise<Listening> {
  const app = fastify({ logger: false, forceCloseConnections: true })
  app.setErrorHandler(async (error, _request, reply) => {
    const asked = error instanceof z.ZodError
    const message = error instanceof Error ? error.message : String(error)
    return reply
      .status(asked ? 400 : 500)
      .send({ error: asked ? 'The body is not as it should be.' : message })
  })
  addLooking(app, hospital, levers)
  app.post('/faults', async ({ body }) => hospital.faults.configure(settingsFrom(body)))
  app.post('/arrivals', async ({ body }) => levers.arrive(arrivalsSchema.parse(body)))
  addFeed(app, levers.feed)
  const url = await app.listen({ port, host: '127.0.0.1' })
  return { url, close: () => app.close() }
}

function addFeed(app: FastifyInstance, feed: Hl7Feed): void {
  app.get('/hl7', async () => feed.sent().map(({ bytes: _bytes, ...message }) => message))
  app.post('/hl7/connect', async ({ body }) => {
    const { host, port } = addressSchema.parse(body)
    feed.connect(host, port)
    return { controlIds: feed.sendPlanned() }
  })
  app.post('/hl7/send', async ({ body }) => {
    const asked = sendSchema.parse(body)
    if (asked.what === 'again') feed.sendAgain(asked.controlId)
    return { controlId: asked.what === 'again' ? asked.controlId : send(feed, asked) }
  })
}

function send(feed: Hl7Feed, asked: Exclude<z.output<typeof sendSchema>, { what: 'again' }>): string {
  if (asked.what === 'death') return feed.sendDeath(asked.zis)
  if (asked.what === 'withdrawn') return feed.sendDeathWithdrawn(asked.zis)
  return asked.what === 'merge' ? feed.sendMerge(asked.zis, asked.into) : feed.sendAdmission(asked.zis)
}

function addLooking(app: FastifyInstance, hospital: Hospital, { accounts }: Levers): void {
  app.get('/accounts', async () => accounts)
  app.get('/expected', async () => openExpected(hospital.store).all())
  app.get('/faults', async () => hospital.faults.settings())
  app.get('/hospital', async () => ({ firstDay: hospital.firstDay, size: hospital.size }))
  app.get('/patients', async () => hospital.patients.all())
  app.get('/witness', async ({ query }) => {
    const { kind } = kindSchema.parse(query)
    return hospital.witness.list().filter((effect) => kind === undefined || effect.kind === kind)
  })
  app.get('/witness/summary', async () => summary(hospital.witness.list()))
}

function settingsFrom(body: unknown): Partial<FaultSettings> {
  const { rate, kinds = FAULT_KINDS, seed, lateMs, shows } = faultsSchema.parse(body)
  return {
    rate,
    kinds,
    ...(seed !== undefined && { seed }),
    ...(lateMs !== undefined && { lateMs }),
    ...(shows !== undefined && { shows }),
  }
}

function summary(effects: readonly Effect[]): Record<string, object> {
  const kinds = Map.groupBy(effects, ({ kind }) => kind)
  return Object.fromEntries(
    [...kinds].map(([kind, own]) => {
      const { byKey, byMarker } = duplicates(own)
      return [
        kind,
        { effects: own.length, keys: own.length - byKey, duplicates: byKey, duplicateMarkers: byMarker },
      ]
    }),
  )
}
