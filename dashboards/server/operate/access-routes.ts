import type { z } from 'zod'
import { Failure } from '../../../connectors/failure.ts'
import {
  searchAccess,
  type AccessQuestion,
  type FoundAccess,
} from '../../../orchestrator/ledger/access-search.ts'
import { readLogChecks } from '../../../orchestrator/ledger/access-rounds.ts'
import { verifyAccess } from '../../../orchestrator/ledger/access-verify.ts'
import { typedNumberKey } from '../../../orchestrator/triggers/patient-numbers.ts'
import { Hospital } from '../door/account-schemas.ts'
import { defineRoute, type Route, type RouteContext } from '../route.ts'
import { accessFile } from './access-file.ts'
import { AccessCheck, AccessExport, AccessPage, AccessSearch, AccessVerdict } from './access-schemas.ts'
import { dayStart } from './local-day.ts'
import { recordOperator } from './operator-access.ts'

/** A file with more lines is no answer to anybody's question any more. */
const MOST_EXPORTED = 100_000
const PAGE = 5000
const ZONE = 'Europe/Amsterdam'
const LOG = { kind: 'log', id: 'access' } as const

/** Who saw whose data (NEN 7513). Reading it is written in it. */
export const accessRoutes: readonly Route[] = [
  defineRoute({
    method: 'POST',
    path: '/api/hospitals/:hospital/access-log/search',
    roles: ['it', 'auditor'],
    access: { action: 'read', subject: 'log' },
    summary:
      'A page of the access log, newest first: of a patient, an account, an action or a period. Written in it.',
    params: Hospital,
    body: AccessSearch,
    answer: AccessPage,
    async handle({ params: { hospital }, body: { cursor, limit, ...wanted } }, context) {
      const { question, patients } = questionOf(context, hospital, wanted)
      await recordOperator(context, hospital, patients ? 'search' : 'read', LOG, patients)
      const olderThan = cursor === undefined ? undefined : Number(cursor)
      const rows = await searchAccess(context.db, { ...question, olderThan, limit })
      return { rows, next: rows.length < limit ? null : String(rows.at(-1)?.id ?? '') }
    },
  }),
  defineRoute({
    method: 'POST',
    path: '/api/hospitals/:hospital/access-log/export',
    roles: ['it', 'auditor'],
    access: { action: 'export', subject: 'log' },
    summary: 'The accesses of one patient or of one account as a CSV file. Written in the access log.',
    params: Hospital,
    body: AccessExport,
    answer: 'file',
    async handle({ params: { hospital }, body: wanted }, context) {
      if (wanted.patient === undefined && wanted.actor === undefined)
        throw new Failure(
          'business',
          'access-of-whom',
          'Fill in a patient or an account: the export is of one of them.',
        )
      const { question, patients } = questionOf(context, hospital, wanted)
      await recordOperator(context, hospital, 'export', LOG, patients)
      return accessFile(await readAll(context, question))
    },
  }),
  defineRoute({
    method: 'POST',
    path: '/api/hospitals/:hospital/access-log/verify',
    roles: ['it', 'auditor'],
    access: { action: 'read', subject: 'log' },
    summary: 'Computes the chain of the access log anew: how many rows fit, or the first one that does not.',
    params: Hospital,
    answer: AccessVerdict,
    async handle({ params: { hospital } }, context) {
      await recordOperator(context, hospital, 'read', LOG)
      const verdict = await verifyAccess(context.db, context.installation.secrets, hospital)
      return { ...verdict, wrong: verdict.wrong ?? null }
    },
  }),
  defineRoute({
    method: 'GET',
    path: '/api/hospitals/:hospital/access-check',
    roles: ['it', 'auditor'],
    summary:
      'When the whole access log was last found to be as it was written, and how far the round is that goes on.',
    params: Hospital,
    answer: AccessCheck,
    async handle({ params: { hospital } }, { db }) {
      return (await readLogChecks(db)).find((check) => check.hospital === hospital) ?? null
    },
  }),
]

function questionOf(
  { installation }: RouteContext,
  hospital: string,
  { patient, from, until, ...rest }: z.output<typeof AccessExport>,
): { question: Omit<AccessQuestion, 'limit'>; patients: readonly Buffer[] | undefined } {
  const patients =
    patient === undefined ? undefined : [typedNumberKey(installation.secrets, hospital, patient)]
  const period = {
    from: from === undefined ? undefined : dayStart(from, ZONE),
    to: until === undefined ? undefined : dayStart(until, ZONE, 1),
  }
  return { question: { hospital, ...rest, ...period, patients }, patients }
}

async function readAll(
  { db }: RouteContext,
  question: Omit<AccessQuestion, 'limit'>,
): Promise<readonly FoundAccess[]> {
  const all: FoundAccess[] = []
  for (;;) {
    const olderThan = all.at(-1)?.id
    const rows = await searchAccess(db, { ...question, olderThan, limit: PAGE })
    all.push(...rows)
    if (all.length > MOST_EXPORTED) throw tooMany()
    if (rows.length < PAGE) return all
  }
}

const tooMany = () =>
  new Failure(
    'business',
    'too-many',
    `There are more than ${MOST_EXPORTED} accesses: choose a shorter period.`,
  )
