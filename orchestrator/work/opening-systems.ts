import { z } from 'zod'
import type { System } from '../../bots/bot.ts'
import { STOPPED, TRACE } from '../../bots/words.ts'
import { findChromium } from '../../connectors/browser/chromium.ts'
import type { Evidence } from '../../connectors/browser/evidence.ts'
import { openBrowserPool } from '../../connectors/browser/pool.ts'
import { openWebSessions, type WebSessions } from '../../connectors/browser/session.ts'
import type { TraceKeeper } from '../../connectors/browser/trace.ts'
import { startBrowser } from '../../connectors/browser/start-browser.ts'
import { webSystemSettings } from '../../connectors/browser/web-system-settings.ts'
import { asFailure } from '../../connectors/failure.ts'
import { keepEvidence } from '../ledger/evidence.ts'
import type { SystemRow } from '../ledger/tables.ts'
import { openFhir } from './opening-fhir.ts'
import { openHl7 } from './opening-hl7.ts'
import { sharedEndpoints, type SystemOpening } from './shared-endpoints.ts'
import { certificateKeyOf, credentialsOf, readCredentials, readSystemSettings } from './system-settings.ts'
import type { Holder, OpenedSystem, SystemOpener } from './systems.ts'

export interface OpeningOptions extends SystemOpening {
  /** The browser to use; one is looked for when left out. */
  readonly chromium: string | undefined
  /** Of which a browser gets PATH, TZ and LANG, and nothing else. */
  readonly environment: Readonly<Record<string, string | undefined>>
}

/** About 75 MB each; more would stand ready no sooner on a few cores. */
const CONTEXTS_AHEAD = 2

/** What a web system's secret holds, as JSON. */
const WebCredentials = z.object({ user: z.string(), password: z.string(), totpSecret: z.string().optional() })

/** What belongs to the certificate that a web system asks for, as JSON; the key as PEM. */
const WebCertificateKey = z.object({ key: z.string(), passphrase: z.string().optional() })
/** Opens the systems of a hospital for items: browser sessions from one pool, FHIR and HL7 connections kept between them. */
export function openingSystems(options: OpeningOptions): SystemOpener {
  const { log } = options
  let web: WebSessions | undefined
  const fhir = sharedEndpoints(options, openFhir)
  const hl7 = sharedEndpoints(options, openHl7)
  return {
    async open(row, holder) {
      if (row.kind === 'web') {
        web ??= webSessions(options)
        return await openWeb(options, web, row, holder)
      }
      if (row.kind === 'fhir') return withoutScreen((await fhir.open(row)).guardedBy(holder.guard), {})
      // What has no item sends nothing.
      const arrivedAt = holder.arrivedAt ?? new Date()
      const { system, release, abandon } = (await hl7.open(row)).hold({ guard: holder.guard, arrivedAt })
      return withoutScreen(system, { end: async () => release(), abandon })
    },
    async close() {
      await fhir.close()
      await hl7.close()
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
    ahead: CONTEXTS_AHEAD,
    record: ({ kind, system }) => log.info('browser event', { kind, system }),
  })
}

async function openWeb(
  options: OpeningOptions,
  sessions: WebSessions,
  row: SystemRow,
  holder: Holder,
): Promise<OpenedSystem> {
  const { id, address, seats } = row
  const settings = readSystemSettings(webSystemSettings, row, {
    id,
    address,
    seats,
    allowedHosts: [],
    ...asObject(row),
  })
  const session = await sessions.forItem(settings, {
    credentials: () => readCredentials(options, WebCredentials, row, credentialsOf(id)),
    certificateKey: () => readCredentials(options, WebCertificateKey, row, certificateKeyOf(id)),
    keep: (evidence) => keep(options, holder, evidence),
    signal: holder.signal,
    guard: holder.guard,
    ...(holder.item === undefined ? {} : { trace: traceOf(options, holder, holder.item) }),
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
  const what = evidence.kind === 'failure' ? `${STOPPED}${evidence.label}` : evidence.label
  const piece = { item, attempt, label: `${evidence.system}: ${what}` }
  const { db, secrets } = options
  if (evidence.png)
    await keepEvidence(db, secrets, { ...piece, mediaType: 'image/png', content: evidence.png })
  if (evidence.kind === 'picture') return
  const text = [...evidence.steps.map((step) => `- ${step}`), evidence.snapshot ?? ''].join('\n')
  await keepEvidence(db, secrets, { ...piece, mediaType: 'text/plain', content: Buffer.from(text) })
}

/** Sealed as all evidence is, and gone after its few days. */
const traceOf = ({ db, secrets }: OpeningOptions, { attempt }: Holder, item: string): TraceKeeper => ({
  keep: ({ system, content, expires }) =>
    keepEvidence(db, secrets, {
      item,
      attempt,
      label: `${system}: ${TRACE}`,
      mediaType: 'application/zip',
      content,
      expires,
    }),
})

/** There is nothing to picture. FHIR requests end with their answer, so of those there is nothing of one item to end. */
function withoutScreen(system: System, ending: Partial<Pick<OpenedSystem, 'end' | 'abandon'>>): OpenedSystem {
  const nothing = () => Promise.resolve()
  return {
    system,
    checkCalm: nothing,
    explain: (error) => Promise.resolve(asFailure(error)),
    keepFailure: nothing,
    end: nothing,
    abandon: nothing,
    ...ending,
  }
}

const asObject = (row: SystemRow): object =>
  typeof row.settings === 'object' && row.settings !== null ? row.settings : {}
