import { readProgress } from '../../orchestrator/ledger/reading-progress.ts'
import type { LedgerDatabase } from '../../orchestrator/ledger/tables.ts'
import { plainProgress, progressLines, type TitledProgress } from './progress-line.ts'

/** A deployment to show, by the name that a person knows it by. */
export interface TitledDeployment {
  readonly id: string
  readonly title: string
}

export interface LiveOptions {
  /** Columns, asked at each drawing: a window changes. */
  readonly width: () => number
  /** Rows; more deployments than fit are counted instead of shown. */
  readonly height?: (() => number | undefined) | undefined
  /** Whether what was written can be written over. */
  readonly isTerminal: boolean
  /** Milliseconds between two looks at the ledger: 250 in a terminal, 5,000 elsewhere. */
  readonly everyMs?: number
}

export interface LiveLines {
  /** Prints something else meanwhile: the lines make room and are drawn again. */
  interrupt(print: () => void): void
  /** Shows how it stands once more, and leaves that. */
  stop(): Promise<void>
}

/**
 * Shows a line per deployment for as long as it runs. In a terminal the lines stay in place; elsewhere a plain line is
 * written for each deployment that changed.
 */
export function liveLines(
  db: LedgerDatabase,
  deployments: readonly TitledDeployment[],
  write: (text: string) => void,
  options: LiveOptions,
): LiveLines {
  const shown = options.isTerminal ? inPlace(write, options) : oneByOne(write)
  const everyMs = options.everyMs ?? (options.isTerminal ? 250 : 5000)
  let stopped = false
  let timer: NodeJS.Timeout | undefined
  let current = Promise.resolve()
  const round = () => {
    current = look(db, deployments)
      .then(shown.show, shown.showTrouble)
      .then(() => {
        if (!stopped) timer = setTimeout(round, everyMs)
      })
  }
  round()
  return {
    interrupt: (print) => shown.interrupt(print),
    async stop() {
      stopped = true
      clearTimeout(timer)
      await current
      await look(db, deployments).then(shown.show, shown.showTrouble)
    },
  }
}

async function look(db: LedgerDatabase, deployments: readonly TitledDeployment[]): Promise<TitledProgress[]> {
  const titles = new Map(deployments.map(({ id, title }) => [id, title]))
  const found = await readProgress(db, [...titles.keys()])
  return found.map((one) => ({ ...one, title: titles.get(one.id) ?? one.id }))
}

interface Shown {
  show(deployments: readonly TitledProgress[]): void
  /** The ledger could not be read; the next look may well succeed. */
  showTrouble(error: unknown): void
  interrupt(print: () => void): void
}

const trouble = (error: unknown): string =>
  `The ledger cannot be read now (${error instanceof Error ? error.name : 'unknown'}); trying again.`

function inPlace(write: (text: string) => void, { width, height }: LiveOptions): Shown {
  let drawn: readonly string[] = []
  const erase = () => (drawn.length === 0 ? '' : `\u001B[${drawn.length}A\r\u001B[0J`)
  const draw = (lines: readonly string[]) => {
    if (lines.join('\n') === drawn.join('\n')) return
    const before = erase()
    drawn = lines
    write(`${before}${lines.map((line) => `${line}\n`).join('')}`)
  }
  return {
    show: (deployments) => draw(progressLines(deployments, { width: width() - 1, height: height?.() })),
    showTrouble: (error) => draw([trouble(error)]),
    interrupt(print) {
      write(erase())
      print()
      write(drawn.map((line) => `${line}\n`).join(''))
    },
  }
}

function oneByOne(write: (text: string) => void): Shown {
  const said = new Map<string, string>()
  const say = (key: string, line: string) => {
    if (said.get(key) !== line) write(`${line}\n`)
    said.set(key, line)
  }
  return {
    show(deployments) {
      said.delete('')
      for (const one of deployments) say(one.id, plainProgress(one))
    },
    showTrouble: (error) => say('', trouble(error)),
    interrupt: (print) => print(),
  }
}
