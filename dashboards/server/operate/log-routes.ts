import { setTimeout as wait } from 'node:timers/promises'
import { bots } from '../../../bots/index.ts'
import { doneTitle } from '../../../bots/words.ts'
import { readRunLog, type LogLine } from '../../../orchestrator/ledger/run-log.ts'
import { defineRoute, type LiveEvent, type Route, type RouteContext } from '../route.ts'
import { LogAsked, LogPage, LogPath } from './log-schemas.ts'

const LOOK_EVERY_MS = 1000
const MOST_AT_ONCE = 200

/** What happens to items, line by line. No reference, nothing of a patient. */
export const logRoutes: readonly Route[] = [
  defineRoute({
    method: 'GET',
    path: '/api/hospitals/:hospital/run-log',
    roles: ['it'],
    summary: 'A page of the run log, newest first, by deployment, worker, item, kind or only trouble.',
    params: LogPath,
    query: LogAsked,
    answer: LogPage,
    async handle({ params: { hospital }, query: { cursor, limit, trouble, ...wanted } }, { db }) {
      const olderThan = cursor === undefined ? undefined : Number(cursor)
      const rows = await readRunLog(db, { hospital, ...wanted, trouble: trouble === 'yes', olderThan, limit })
      return { rows: rows.map(titled), next: rows.length < limit ? null : String(rows.at(-1)?.id ?? '') }
    },
  }),
  defineRoute({
    method: 'GET',
    path: '/api/hospitals/:hospital/run-log/live',
    roles: ['it'],
    summary: 'The lines of the run log as they are written.',
    params: LogPath,
    query: LogAsked,
    answer: 'live',
    handle: ({ params: { hospital }, query: { trouble, deployment, worker, item, kind } }, context) =>
      newLines(context, { hospital, deployment, worker, item, kind, trouble: trouble === 'yes' }),
  }),
]

const titled = (line: LogLine) => ({ ...line, title: doneTitle(bots.get(line.bot), line.name) ?? null })

type Question = Omit<Parameters<typeof readRunLog>[1], 'limit' | 'newerThan' | 'olderThan'>

/** The lines after the newest one of this moment. */
async function newLines(context: RouteContext, question: Question): Promise<AsyncIterable<LiveEvent>> {
  const [newest] = await readRunLog(context.db, { hospital: question.hospital, limit: 1 })
  return linesAfter(newest?.id ?? 0, context, question)
}

/** Looks once a second for lines after the newest one that was told. */
async function* linesAfter(
  first: number,
  { db, signal }: RouteContext,
  question: Question,
): AsyncGenerator<LiveEvent> {
  let seen = first
  while (!signal.aborted) {
    const lines = await readRunLog(db, { ...question, newerThan: seen, limit: MOST_AT_ONCE })
    seen = lines[0]?.id ?? seen
    const told = lines.toReversed().map((line) => ({ ...titled(line), at: line.at.toISOString() }))
    if (told.length > 0) yield { event: 'lines', data: { lines: told } }
    await wait(LOOK_EVERY_MS, undefined, { signal }).catch(() => undefined)
  }
}
