import type { DeploymentProgress } from '../../orchestrator/ledger/reading-progress.ts'

/** A deployment as its line shows it. */
export interface TitledProgress extends DeploymentProgress {
  readonly title: string
}

const BAR = 10
const TITLE_AT_MOST = 28
/** What is left for the item below this is of no use to a reader. */
const LEAST_DOING = 12

/**
 * A line per deployment, none wider than `width`, in columns: title, bar, done today, parked, waiting, the item in hand.
 * With a `height`, as many as fit and how many do not.
 */
export function progressLines(
  deployments: readonly TitledProgress[],
  { width, height }: { readonly width: number; readonly height?: number | undefined },
): string[] {
  const room = height === undefined ? deployments.length : Math.max(1, height - 2)
  const shown = deployments.slice(0, room)
  const titleSize = Math.min(TITLE_AT_MOST, Math.floor(width / 4), longest(shown.map(({ title }) => title)))
  const sizes = {
    done: longest(shown.map(({ doneToday }) => `${doneToday}`)),
    parked: longest(shown.map(({ parked }) => `${parked}`)),
    waiting: longest(shown.map((one) => `${waitingOf(one)}`)),
  }
  const lines = shown.map((one) => {
    const counts = [
      `${`${one.doneToday}`.padStart(sizes.done)} done`,
      `${`${one.parked}`.padStart(sizes.parked)} parked`,
      `${`${waitingOf(one)}`.padStart(sizes.waiting)} waiting`,
    ]
    const begin = `${cut(one.title, titleSize).padEnd(titleSize)} ${bar(shareDone(one))} ${counts.join('  ')}`
    const rest = width - begin.length - 2
    return rest < LEAST_DOING ? cut(begin, width) : `${begin}  ${cut(doing(one), rest)}`
  })
  const left = deployments.length - shown.length
  return left > 0 ? [...lines, `and ${left} more: see "ontregel deployments"`] : lines
}

/** A line without bar or columns, for a log or a pipe. */
export function plainProgress(one: TitledProgress): string {
  return `${one.id}: ${one.doneToday} done, ${one.parked} parked, ${waitingOf(one)} waiting; ${doing(one)}`
}

/** A bar of ten signs for a share from 0 to 1; full only when all is done. */
export function bar(share: number): string {
  const full = Math.floor(share * BAR)
  return '█'.repeat(full).padEnd(BAR, '░')
}

function shareDone(one: DeploymentProgress): number {
  const ended = one.doneToday + one.parked
  const all = ended + waitingOf(one)
  return all === 0 ? 0 : ended / all
}

/** What is not at its end yet, in hand or not. */
const waitingOf = ({ waiting, busy }: DeploymentProgress): number => waiting + busy

function doing(one: DeploymentProgress): string {
  if (one.mode === 'off') return 'off'
  if (one.stopped) return 'stopped: see "ontregel deployments"'
  if (one.reference !== null) return `${one.reference}: ${lastSaid(one)}`
  if (one.collecting !== null) return `looks for work, ${one.collecting} found`
  return waitingOf(one) > 0 ? 'waits' : 'nothing to do'
}

function lastSaid({ eventKind, eventName }: DeploymentProgress): string {
  const name = eventName ?? ''
  switch (eventKind) {
    case 'step':
      return name
    case 'step-failed':
      return `${name} failed`
    case 'armed':
      return `about to ${name}`
    case 'pressed':
      return `${name}, looking whether it is there`
    case 'act-done':
      return `${name}: done`
    default:
      return 'begins'
  }
}

const longest = (texts: readonly string[]): number => Math.max(0, ...texts.map(({ length }) => length))

function cut(text: string, width: number): string {
  return text.length <= width ? text : `${text.slice(0, Math.max(0, width - 1))}…`
}
