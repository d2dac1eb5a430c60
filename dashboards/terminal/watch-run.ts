import { setTimeout as pause } from 'node:timers/promises'
import { readRunProgress, type RunProgress } from '../../orchestrator/ledger/reading-progress.ts'
import type { LedgerDatabase } from '../../orchestrator/ledger/tables.ts'
import { bar } from './progress-line.ts'
import type { Terminal } from './terminal.ts'

/** Exit code of a program that Ctrl-C ended. */
const INTERRUPTED = 130

/**
 * Shows a run until all its items are done, parked or cancelled, or until the signal aborts; the run itself goes on.
 * Ends with code 1 when the run could not look for work.
 */
export async function watchRun(
  terminal: Terminal,
  db: LedgerDatabase,
  run: string,
  signal: AbortSignal,
): Promise<void> {
  const everyMs = terminal.isTerminal ? 250 : 1000
  let said = ''
  for (;;) {
    const progress = await readRunProgress(db, run)
    const line = progressOf(progress)
    if (terminal.isTerminal) terminal.write(`\r\u001B[2K${line.slice(0, terminal.width() - 1)}`)
    else if (line !== said) terminal.out(line)
    said = line
    if (hasEnded(progress) || signal.aborted) return conclude(terminal, progress)
    // Ctrl-C ends the wait; the next look is the last.
    await pause(everyMs, undefined, { signal }).catch(() => undefined)
  }
}

function progressOf({ state, found, states }: RunProgress): string {
  const ended = states.done + states.parked + states.cancelled
  const open = openOf(states)
  const share = ended + open === 0 ? 0 : ended / (ended + open)
  const looking = state === 'waiting' ? 'waits for a worker' : `${found} found`
  return `${bar(share)} ${looking}, ${states.done} done, ${states.parked} parked, ${open} to go`
}

const openOf = (states: RunProgress['states']): number =>
  states.queued + states.claimed + states.armed + states.unsure

function hasEnded({ state, states }: RunProgress): boolean {
  return (state === 'collected' || state === 'failed') && openOf(states) === 0
}

function conclude(terminal: Terminal, progress: RunProgress): void {
  const { state, reason, found, added, states } = progress
  if (terminal.isTerminal) terminal.write('\n')
  if (!hasEnded(progress)) {
    terminal.out('The run goes on without being watched: see "ontregel items".')
    return terminal.endWith(INTERRUPTED)
  }
  const known = found - added
  const counts = `${states.done} done, ${states.parked} parked, ${states.cancelled} cancelled`
  terminal.out(`${found} found${known > 0 ? ` (${known} known already)` : ''}: ${counts}.`)
  if (states.parked > 0) terminal.out('See "ontregel items --state parked" for what waits for a person.')
  if (state !== 'failed') return
  terminal.say(`The run failed: ${reason ?? 'no reason was written down'}`)
  terminal.endWith(1)
}
