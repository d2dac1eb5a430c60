import { Command, InvalidArgumentError } from 'commander'
import { openBrowserContests } from './browser.ts'
import { hold, type Contest, type Result } from './contest.ts'
import { openHl7Contests } from './hl7.ts'
import { openItemContests } from './items.ts'
import { openPageContests } from './pages.ts'
import { reportLines } from './report.ts'
import { openSavingsContests } from './savings.ts'

/** What can be measured: each opens what it needs and closes it again. */
export interface Subject extends AsyncDisposable {
  readonly contests: readonly Contest[]
}
export interface SubjectOptions {
  /** How long each measurement takes. */
  readonly seconds: number
  /** How many items there are, where savings are counted or pages are opened; each has its own number when undefined. */
  readonly items: number | undefined
  /** Told what is being prepared. */
  readonly tell: (line: string) => void
}

const SUBJECTS: Readonly<Record<string, (options: SubjectOptions) => Promise<Subject>>> = {
  browser: openBrowserContests,
  hl7: openHl7Contests,
  items: openItemContests,
  pages: openPageContests,
  savings: openSavingsContests,
}

interface Flags {
  readonly rounds: number
  readonly seconds: number
  readonly items?: number
  readonly json?: true
  readonly only?: string
}

function positive(text: string): number {
  const value = Number(text)
  if (!(value > 0)) throw new InvalidArgumentError('must be a number above 0')
  return value
}

const command = new Command('speed')
  .description('Measures the product beside its peers in the same run, and says which targets are reached.')
  .argument('[subjects...]', `some of ${Object.keys(SUBJECTS).join(', ')}; all when left out`)
  .option('--rounds <number>', 'turns that each contender gets', positive, 3)
  .option('--seconds <number>', 'how long each measurement takes', positive, 2)
  .option(
    '--items <number>',
    'how many items savings are counted over (10,000,000) or pages are opened with (100,000)',
    positive,
  )
  .option('--only <text>', 'only the contests whose title has this text')
  .option('--json', 'an array of results instead of text')

/** Progress goes to stderr; results to stdout. */
const tell = (line: string) => void process.stderr.write(`${line}\n`)

async function measure(name: string, { rounds, seconds, items, only = '' }: Flags): Promise<Result[]> {
  const open = SUBJECTS[name]
  if (!open) throw new Error(`"${name}" cannot be measured: choose from ${Object.keys(SUBJECTS).join(', ')}.`)
  await using subject = await open({
    seconds,
    items: items === undefined ? undefined : Math.round(items),
    tell,
  })
  const results: Result[] = []
  for (const contest of subject.contests) {
    if (contest.title.includes(only)) results.push(await hold(contest, Math.max(3, Math.round(rounds)), tell))
  }
  return results
}

const flags = command.parse().opts<Flags>()
const results: Result[] = []
try {
  for (const name of command.args.length > 0 ? command.args : Object.keys(SUBJECTS))
    results.push(...(await measure(name, flags)))
  const text = flags.json ? JSON.stringify(results, null, 2) : results.flatMap(reportLines).join('\n')
  process.stdout.write(`${text}\n`)
} catch (error) {
  tell(error instanceof Error ? error.message : String(error))
  process.exitCode = 1
}
