import { access, constants } from 'node:fs/promises'
import { join } from 'node:path'
import { chromium } from 'playwright'
import { Failure } from '../failure.ts'
import { removeLeftovers } from './browser-folder.ts'
import { unpackBundledChromium } from './bundled-chromium.ts'
import { installedPlaces } from './installed-browsers.ts'
import { chooseAccount } from './run-as.ts'
import type { Account } from './run-as.ts'
import { tryBrowser } from './try-browser.ts'

export type ChromiumSource = 'configured' | 'playwright' | 'msedge' | 'chrome' | 'path' | 'bundled'

export interface FindChromiumOptions {
  /** The browser an administrator chose; nothing else is tried then. */
  readonly path?: string | undefined
  /** Where the bundled browser is unpacked and browsers keep their own folders; the system's temporary folder otherwise. */
  readonly folder?: string | undefined
  /** Of the environment only PATH, TZ, LANG and what Windows needs are used; nothing else reaches a browser. */
  readonly env?: Readonly<Record<string, string | undefined>> | undefined
  /** Sources to try, in this order; all of them by default. */
  readonly sources?: readonly ChromiumSource[] | undefined
}

export interface FoundChromium {
  readonly executablePath: string
  readonly args: readonly string[]
  readonly env: Readonly<Record<string, string>>
  readonly source: ChromiumSource
  /** Where its folders are made. */
  readonly folder: string
  /** The ordinary account it runs as when we are root ourselves. */
  readonly account?: Account
  /** What an administrator should know, in sentences. */
  readonly notes: readonly string[]
}

interface Candidate {
  readonly source: ChromiumSource
  readonly executablePath: string
  readonly env: Readonly<Record<string, string>>
}

const ORDER: readonly ChromiumSource[] = ['configured', 'playwright', 'msedge', 'chrome', 'path', 'bundled']

/**
 * Finds a Chromium that starts on this machine: the configured one, Playwright's own, Edge, Chrome, chromium on
 * PATH, or the one brought along (linux-x64). As root a browser that an ordinary account can run goes before one
 * that cannot. Fails with `browser-missing` and what to do about it.
 */
export async function findChromium(options: FindChromiumOptions = {}): Promise<FoundChromium> {
  const { account, folder, notes } = await chooseAccount(options.folder)
  await removeLeftovers(folder)
  const tried: string[] = []
  let asRoot: FoundChromium | undefined
  for (const source of options.path ? (['configured'] as const) : (options.sources ?? ORDER)) {
    for (const candidate of await candidates(source, options, folder)) {
      const found = { ...candidate, args: [], folder, notes }
      const refusal = await tryBrowser(candidate.executablePath, candidate.env, account)
      if (refusal === undefined) return account ? { ...found, account } : found
      tried.push(`${source} (${candidate.executablePath}): ${refusal}`)
      if (account && (await tryBrowser(candidate.executablePath, candidate.env, undefined)) === undefined) {
        asRoot ??= { ...found, notes: [...notes, ...rootNotes(candidate, refusal)] }
      }
    }
  }
  if (asRoot) return asRoot
  throw missing(tried)
}

async function candidates(
  source: ChromiumSource,
  options: FindChromiumOptions,
  folder: string,
): Promise<readonly Candidate[]> {
  const env = plainEnvironment(options.env ?? {})
  if (source === 'bundled') {
    const bundled = await unpackBundledChromium(join(folder, 'chromium'))
    return bundled
      ? bundled.environments.map((extra) => ({
          source,
          executablePath: bundled.executablePath,
          env: { ...env, ...extra },
        }))
      : []
  }
  const places =
    source === 'configured'
      ? [options.path ?? '']
      : source === 'playwright'
        ? [chromium.executablePath()]
        : installedPlaces(source, options.env ?? {}, process.platform)
  const there = await Promise.all(places.map(isThere))
  return places.filter((_, index) => there[index]).map((executablePath) => ({ source, executablePath, env }))
}

const KEPT = [
  'PATH',
  'TZ',
  'LANG',
  'SystemRoot',
  'windir',
  'LOCALAPPDATA',
  'ProgramFiles',
  'ProgramFiles(x86)',
  'TEMP',
  'TMP',
]

/** Passwords of databases and services stand in the environment of a server: a browser gets none of it. */
function plainEnvironment(env: Readonly<Record<string, string | undefined>>): Record<string, string> {
  const kept: Record<string, string> = {
    PATH: '/usr/local/bin:/usr/bin:/bin:/usr/sbin:/sbin',
    LANG: 'C.UTF-8',
  }
  for (const [name, value] of Object.entries(env)) {
    if (value !== undefined && KEPT.some((allowed) => allowed.toLowerCase() === name.toLowerCase()))
      kept[name] = value
  }
  return kept
}

async function isThere(path: string): Promise<boolean> {
  if (path === '') return false
  return access(path, constants.X_OK).then(
    () => true,
    () => false,
  )
}

function rootNotes(candidate: Candidate, refusal: string): readonly string[] {
  return [
    `The browser runs as root and without its sandbox: an ordinary account cannot start ${candidate.executablePath} (${refusal}). ` +
      'Run the worker as an ordinary user, or put the browser where other accounts can read it.',
  ]
}

function missing(tried: readonly string[]): Failure {
  const seen = tried.length === 0 ? 'none is installed' : `tried ${tried.join('; ')}`
  return new Failure(
    'unexpected',
    'browser-missing',
    `No Chromium starts on this machine: ${seen}. Install Chrome, Edge or Chromium, or set the path of one in the settings.`,
  )
}
