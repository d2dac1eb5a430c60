import { z } from 'zod'
import { findChromium } from '../../connectors/browser/chromium.ts'
import type { Evidence } from '../../connectors/browser/evidence.ts'
import { openBrowserPool } from '../../connectors/browser/pool.ts'
import { openWebSessions, type WebSessions } from '../../connectors/browser/session.ts'
import { startBrowser } from '../../connectors/browser/start-browser.ts'
import { webSystemSettings } from '../../connectors/browser/web-system-settings.ts'
import { asFailure, Failure } from '../../connectors/failure.ts'
import { openFhirSystem, type FhirEndpoint, type FhirSystem } from '../../connectors/fhir/client.ts'
import { FhirSystemSettings } from '../../connectors/fhir/settings.ts'
import { openSignIn } from '../../connectors/fhir/sign-in.ts'
import type { Log } from '../../connectors/log.ts'
import { keepEvidence } from '../ledger/evidence.ts'
import type { LedgerDatabase, SystemRow } from '../ledger/tables.ts'
import type { SecretBox } from '../secrets/secret-box.ts'
import { readSecret } from '../secrets/secrets.ts'
import type { Holder, OpenedSystem, SystemOpener } from './systems.ts'

export interface OpeningOptions {
  readonly db: LedgerDatabase
  readonly secrets: SecretBox
  readonly log: Log
  /** The browser to use; one is looked for when left out. */
  readonly chromium: string | undefined
  /** Of which a browser gets PATH, TZ and LANG, and nothing else. */
  readonly environment: Readonly<Record<string, string | undefined>>
}

/** What a web system's secret holds, as JSON. */
const WebCredentials = z.object({ user: z.string(), password: z.string(), totpSecret: z.string().optional() })
/** What a FHIR system's secret holds, as JSON. */
const FhirCredentials = z.discriminatedUnion('way', [
  z.object({ way: z.literal('bearer'), token: z.string() }),
  z.object({ way: z.literal('basic'), user: z.string(), password: z.string() }),
])

/** The name under which a system's credentials are kept. */
export const credentialsOf = (system: string) => `system/${system}`

/** Opens the systems of a hospital for items: browser sessions from one pool, FHIR connections shared by all. */
export function openingSystems(options: OpeningOptions): SystemOpener {
  const { log } = options
  let web: WebSessions | undefined
  const fhir = new Map<string, FhirEndpoint>()
  return {
    async open(row, holder) {
      if (row.kind === 'web') {
        web ??= webSessions(options)
        return await openWeb(options, web, row, holder)
      }
      const key = JSON.stringify([row.hospital, row.id, row.address, row.settings])
      const known = fhir.get(key) ?? (await openFhir(options, row))
      fhir.set(key, known)
      return openedFhir(known.guardedBy(holder.guard))
    },
    async close() {
      for (const system of fhir.values()) system.close()
      await web?.close()
      log.debug('systems closed')
    },
  }
}

function webSessions({ chromium, environment, log }: OpeningOptions): WebSessions {
  const start = async () => {
    const started = await startBrowser(await findChromium({ path: chromium, env: environment }))
    for (const sentence of started.notes) log.warn('browser', { sentence })
    log.info('browser started', { pid: started.group })
    return started
  }
  return openWebSessions({
    pool: openBrowserPool({ start }),
    record: ({ kind, system }) => log.info('browser event', { kind, system }),
  })
}

async function openWeb(
  options: OpeningOptions,
  sessions: WebSessions,
  row: SystemRow,
  holder: Holder,
): Promise<OpenedSystem> {
  const { hospital, id, address, seats } = row
  const settings = readSettings(webSystemSettings, row, {
    id,
    address,
    seats,
    allowedHosts: [],
    ...asObject(row),
  })
  const session = await sessions.forItem(settings, {
    credentials: () => readCredentials(options, WebCredentials, hospital, id),
    keep: (evidence) => keep(options, holder, evidence),
    signal: holder.signal,
  })
  return {
    system: session,
    checkCalm: async () => session.checkCalm(),
    explain: (error) => session.failure(error),
    keepFailure: (code, steps) => session.keepFailure(code, steps),
    end: () => session.end(),
    abandon: () => session.abandon(),
  }
}

/** A picture and an outline are two pieces; a run that only collects has no item to keep them with. */
async function keep(options: OpeningOptions, { item, attempt }: Holder, evidence: Evidence): Promise<void> {
  if (!item) return
  const piece = { item, attempt, label: `${evidence.system}: ${evidence.label}` }
  const { db, secrets } = options
  if (evidence.png)
    await keepEvidence(db, secrets, { ...piece, mediaType: 'image/png', content: evidence.png })
  if (evidence.kind === 'picture') return
  const text = [...evidence.steps.map((step) => `- ${step}`), evidence.snapshot ?? ''].join('\n')
  await keepEvidence(db, secrets, { ...piece, mediaType: 'text/plain', content: Buffer.from(text) })
}

async function openFhir(options: OpeningOptions, row: SystemRow): Promise<FhirEndpoint> {
  const { hospital, id, address } = row
  const settings = readSettings(FhirSystemSettings, row, { id, address, version: 'R4', ...asObject(row) })
  const credentials = await readCredentials(options, FhirCredentials, hospital, id)
  const access = openSignIn(credentials, { system: id })
  return openFhirSystem(settings, access, { log: options.log.scoped({ system: id }) })
}

/** FHIR requests end with their answer: there is nothing of one item to end or to picture. */
function openedFhir(system: FhirSystem): OpenedSystem {
  const nothing = () => Promise.resolve()
  return {
    system,
    checkCalm: nothing,
    explain: (error) => Promise.resolve(asFailure(error)),
    keepFailure: nothing,
    end: nothing,
    abandon: nothing,
  }
}

async function readCredentials<Schema extends z.ZodType>(
  { db, secrets }: OpeningOptions,
  schema: Schema,
  hospital: string,
  system: string,
): Promise<z.output<Schema>> {
  const text = await readSecret(db, secrets, hospital, credentialsOf(system))
  const result = schema.safeParse(JSON.parse(text))
  if (result.success) return result.data
  const field = result.error.issues[0]?.path.join('.') ?? ''
  throw new Failure(
    'business',
    'secret-invalid',
    `The credentials of system ${system} lack field ${field}: enter them again.`,
    { system },
  )
}

const asObject = (row: SystemRow): object =>
  typeof row.settings === 'object' && row.settings !== null ? row.settings : {}

function readSettings<Schema extends z.ZodType>(
  schema: Schema,
  row: SystemRow,
  raw: unknown,
): z.output<Schema> {
  const result = schema.safeParse(raw)
  if (result.success) return result.data
  const [issue] = result.error.issues
  const sentence = `Field ${issue?.path.join('.')} of system ${row.id}: ${issue?.message}.`
  throw new Failure('business', 'system-settings', sentence, { system: row.id })
}
