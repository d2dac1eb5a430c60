import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { z } from 'zod'
import { findChromium } from '../../connectors/browser/chromium.ts'
import type { Evidence } from '../../connectors/browser/evidence.ts'
import { openBrowserPool } from '../../connectors/browser/pool.ts'
import { openWebSessions } from '../../connectors/browser/session.ts'
import type {
  Credentials,
  ItemSession,
  WebSessions,
  WebSystemSettings,
} from '../../connectors/browser/session.ts'
import { startBrowser } from '../../connectors/browser/start-browser.ts'
import { openFhirSystem } from '../../connectors/fhir/client.ts'
import type { FhirSystem } from '../../connectors/fhir/client.ts'
import { openSignIn } from '../../connectors/fhir/sign-in.ts'
import { silentLog } from '../../connectors/log.ts'
import type { Hospital } from '../practice-hospital/hospital.ts'
import type { Faults } from '../practice-hospital/faults.ts'
import { startPractice } from '../practice-hospital/start.ts'
import type { Addresses } from '../practice-hospital/start.ts'

export interface BotSystemsOptions {
  readonly seed?: number
  /** Seeded patients; 40 by default. */
  readonly patients?: number
  readonly referrals?: number
  readonly appointments?: number
  readonly deaths?: number
}

type WebName = 'epd' | 'portal' | 'insurer' | 'registry'

/** The systems as one item holds them: web pages of its own, to be closed with it. */
export interface SystemsOfItem extends AsyncDisposable {
  readonly fhir: FhirSystem
  readonly epd: ItemSession
  readonly portal: ItemSession
  readonly insurer: ItemSession
  readonly registry: ItemSession
  /** What was kept as evidence so far. */
  readonly evidence: readonly Evidence[]
  /** As before a press: throws when a page asked or opened something that nobody knows. */
  checkCalm(): void
}

/** A practice hospital of its own, and the connectors that reach it. */
export interface BotSystems extends AsyncDisposable {
  readonly hospital: Hospital
  readonly at: Addresses
  /** Signed in as the robot; for looking into the hospital, and for changing it, behind the robot's back. */
  readonly fhir: FhirSystem
  forItem(change?: Partial<WebSystemSettings>): Promise<SystemsOfItem>
  /** Misbehaves like this while `during` runs. */
  withFaults<T>(faults: Partial<ReturnType<Faults['settings']>>, during: () => Promise<T>): Promise<T>
}

/**
 * Starts a practice hospital in a temporary folder, and opens what a bot needs to work there without the orchestrator.
 * A browser starts when a page is first asked for, and is shared by all items; disposing ends everything.
 */
export async function openBotSystems(options: BotSystemsOptions = {}): Promise<BotSystems> {
  const { seed = 5, patients = 40, referrals = 0, appointments = 0, deaths = 0 } = options
  const data = mkdtempSync(join(tmpdir(), 'bot-systems-'))
  const size = { referrals, appointments, deaths }
  const practice = await startPractice({
    ...{ data, seed, patients, size, portBase: 0, idleMs: 600_000 },
    clock: () => new Date(),
    log: () => undefined,
  })
  const { hospital, addresses } = practice
  const accounts = accountsSchema.parse(await (await fetch(`${addresses.control}/accounts`)).json())
  const fhir = openPracticeFhir(addresses.fhir, accounts.fhir.token)
  const pool = openBrowserPool({ start: async () => startBrowser(await findChromium({ folder: data })) })
  const sessions = openWebSessions({ pool })
  return {
    hospital,
    at: addresses,
    fhir,
    forItem: (change = {}) => openForItem(sessions, { at: addresses, accounts, fhir }, change),
    withFaults: async (faults, during) => {
      hospital.faults.configure({ rate: 1, ...faults })
      return during().finally(() => hospital.faults.configure({ rate: 0 }))
    },
    [Symbol.asyncDispose]: async () => {
      await sessions.close()
      fhir.close()
      await practice.close()
      rmSync(data, { recursive: true, force: true })
    },
  }
}

interface Reached {
  readonly at: Addresses
  readonly accounts: z.output<typeof accountsSchema>
  readonly fhir: FhirSystem
}

async function openForItem(
  sessions: WebSessions,
  { at, accounts, fhir }: Reached,
  change: Partial<WebSystemSettings>,
): Promise<SystemsOfItem> {
  const evidence: Evidence[] = []
  const open = (name: WebName) =>
    sessions.forItem(
      { ...webSettings(name, at), ...change },
      {
        credentials: () => Promise.resolve<Credentials>(accounts[name]),
        keep: async (kept) => void evidence.push(kept),
      },
    )
  const web = {
    epd: await open('epd'),
    portal: await open('portal'),
    insurer: await open('insurer'),
    registry: await open('registry'),
  }
  const all = Object.values(web)
  const end = async () => void (await Promise.all(all.map((session) => session.end())))
  const checkCalm = () => all.forEach((session) => session.checkCalm())
  return { fhir, ...web, evidence, checkCalm, [Symbol.asyncDispose]: end }
}

const account = z.object({ user: z.string(), password: z.string() })
const accountsSchema = z.object({
  epd: account.extend({ totpSecret: z.string() }),
  portal: account,
  insurer: account,
  registry: account,
  fhir: z.object({ token: z.string() }),
})

/** Pauses between two attempts of a read are passed at once. */
function openPracticeFhir(address: string, token: string) {
  return openFhirSystem(
    { id: 'practice-fhir', address, version: 'R4' },
    openSignIn({ way: 'bearer', token }, { system: 'practice-fhir' }),
    {
      log: silentLog,
      wait: () => Promise.resolve(),
    },
  )
}

const SIGNED_IN: Readonly<Record<WebName, { readonly path: string; readonly heading: string }>> = {
  epd: { path: '/patienten', heading: 'Patiënt zoeken' },
  portal: { path: '/postvak', heading: 'Postvak verwijzingen' },
  insurer: { path: '/controle', heading: 'Controle op verzekeringsrecht' },
  registry: { path: '/', heading: 'Register' },
}

/** The settings of one of the practice hospital's web systems, as an administrator would fill them in. */
export function webSettings(name: WebName, at: Addresses): WebSystemSettings {
  const { path, heading } = SIGNED_IN[name]
  return {
    id: `practice-${name}`,
    address: `${at[name]}${path}`,
    allowedHosts: [],
    seats: 4,
    signIn: {
      path: '/aanmelden',
      user: { label: 'Gebruikersnaam' },
      password: { label: 'Wachtwoord' },
      submit: { button: 'Aanmelden' },
      ...(name === 'epd' && { code: { label: 'Code', submit: { button: 'Bevestigen' } } }),
      signedIn: { role: 'heading', name: heading },
      refused: { text: 'Gebruikersnaam of wachtwoord is onjuist.' },
    },
  }
}
