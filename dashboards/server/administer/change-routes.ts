import type { z } from 'zod'
import { readChanges, type Change } from '../../../orchestrator/ledger/changes.ts'
import type { LedgerDatabase } from '../../../orchestrator/ledger/tables.ts'
import { differencesBetween } from '../../../orchestrator/ledger/differences.ts'
import { hasWayBack, undoChange } from '../../../orchestrator/work/undo-change.ts'
import { Hospital } from '../door/account-schemas.ts'
import { defineRoute, type Route } from '../route.ts'
import { changedBy, putToWorkAt } from './by-caller.ts'
import { changeWords } from './change-words.ts'
import { ChangePath, Changes, ChangesAsked, Undone } from './change-schemas.ts'

const PER_PAGE = 25

export const changeRoutes: readonly Route[] = [
  defineRoute({
    method: 'GET',
    path: '/api/hospitals/:hospital/changes',
    roles: ['administrator', 'it', 'auditor'],
    summary: 'Who changed what, when, and from what to what; the newest first.',
    params: Hospital,
    query: ChangesAsked,
    answer: Changes,
    async handle({ params: { hospital }, query: { what, subject, cursor } }, { db }) {
      const kinds = what === undefined ? undefined : [what]
      const asked = { hospital, subject, what: kinds, olderThan: cursor, limit: PER_PAGE + 1 }
      const found = await readChanges(db, asked)
      const rows = found.slice(0, PER_PAGE)
      const last = rows.at(-1)
      const botOf = await botsOf(db, hospital)
      const all = rows.map((row) => shown(row, botOf))
      return { rows: all, next: found.length > PER_PAGE && last ? String(last.id) : null }
    },
  }),
  defineRoute({
    method: 'POST',
    path: '/api/hospitals/:hospital/changes/:change/undo',
    roles: ['administrator'],
    forPeople: true,
    summary: 'Puts back what stood before a change, which is a change itself.',
    params: ChangePath,
    answer: Undone,
    async handle({ params: { hospital, change } }, context) {
      const work = await putToWorkAt(hospital, context)
      return { result: await undoChange(context.db, changedBy(hospital, context), change, work) }
    },
  }),
]

/** The robot of each deployment. */
async function botsOf(db: LedgerDatabase, hospital: string): Promise<ReadonlyMap<string, string>> {
  const rows = await db
    .selectFrom('deployment')
    .select(['id', 'bot'])
    .where('hospital', '=', hospital)
    .execute()
  return new Map(rows.map(({ id, bot }) => [id, bot]))
}

function shown(change: Change, botOf: ReadonlyMap<string, string>): z.input<typeof Changes>['rows'][number] {
  const { id, account, at, what, subject, before, after, undoes } = change
  const kind = before === null ? 'added' : after === null ? 'removed' : 'changed'
  // Lists that are only read go out as zod's, which may be written.
  const found = differencesBetween(before, after)
  const words = changeWords(change, found, botOf)
  const differences = JSON.parse(JSON.stringify(found))
  return { id, account, at, what, subject, kind, differences, words, undoes, canUndo: hasWayBack(what) }
}
