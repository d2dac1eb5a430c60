import { Failure } from '../../../connectors/failure.ts'
import { recordChange } from '../../../orchestrator/ledger/changes.ts'
import { searchMessages } from '../../../orchestrator/ledger/message-search.ts'
import type { LedgerDatabase } from '../../../orchestrator/ledger/tables.ts'
import { readAnswer } from '../../../orchestrator/triggers/message-answer.ts'
import { replay, skip } from '../../../orchestrator/triggers/handle-messages.ts'
import { maskSegments, readSegments } from '../../../orchestrator/triggers/message-text.ts'
import { typedNumberKey } from '../../../orchestrator/triggers/patient-numbers.ts'
import { Done, Hospital } from '../door/account-schemas.ts'
import { defineRoute, type Route } from '../route.ts'
import { recordOperator, recordPatientSearch } from './operator-access.ts'
import {
  MessagePage,
  MessagePath,
  MessageSearch,
  OneMessage,
  Replay,
  Replayed,
  RevealedMessage,
  Skip,
} from './message-schemas.ts'

const readRoutes: readonly Route[] = [
  defineRoute({
    method: 'POST',
    path: '/api/hospitals/:hospital/messages/search',
    roles: ['it'],
    access: { action: 'search', subject: 'message' },
    summary:
      'A page of HL7 messages, newest first, without their content. Searching for a patient is written in the access log.',
    params: Hospital,
    body: MessageSearch,
    answer: MessagePage,
    async handle({ params: { hospital }, body: { patient, cursor, limit, from, to, ...wanted } }, context) {
      const { db, installation } = context
      const number =
        patient === undefined ? undefined : typedNumberKey(installation.secrets, hospital, patient)
      if (number) await recordPatientSearch(context, hospital, number)
      const question = {
        ...wanted,
        ...(number && { patient: [{ hospital, number }] }),
        ...{ from: momentOf(from), to: momentOf(to) },
      }
      const olderThan = cursor === undefined ? undefined : Number(cursor)
      const rows = await searchMessages(db, { ...question, hospital, olderThan, limit })
      return { rows, next: rows.length < limit ? null : String(rows.at(-1)?.place ?? '') }
    },
  }),
  defineRoute({
    method: 'GET',
    path: '/api/hospitals/:hospital/messages/:message',
    roles: ['it'],
    access: { action: 'read', subject: 'message' },
    summary:
      'A message with every text in it masked: which fields are filled in, not with what. Written in the access log.',
    params: MessagePath,
    answer: OneMessage,
    async handle({ params: { hospital, message } }, context) {
      const found = await findMessage(context.db, hospital, message)
      await recordOperator(context, hospital, 'read', { kind: 'message', id: message })
      const segments = await readSegments(context.db, context.installation.secrets, hospital, message)
      const answer = await readAnswer(context.db, message)
      return { ...found, readBy: { ...found.readBy }, segments: maskSegments(segments ?? []), answer }
    },
  }),
  defineRoute({
    method: 'POST',
    path: '/api/hospitals/:hospital/messages/:message/reveal',
    roles: ['it'],
    access: { action: 'reveal', subject: 'message' },
    summary: 'A message as it came in. Written in the access log.',
    params: MessagePath,
    answer: RevealedMessage,
    async handle({ params: { hospital, message } }, context) {
      await findMessage(context.db, hospital, message)
      await recordOperator(context, hospital, 'reveal', { kind: 'message', id: message })
      const segments = await readSegments(context.db, context.installation.secrets, hospital, message)
      return { segments: segments ?? [] }
    },
  }),
]

const handleRoutes: readonly Route[] = [
  defineRoute({
    method: 'POST',
    path: '/api/hospitals/:hospital/messages/replay',
    roles: ['it'],
    access: { action: 'change', subject: 'message' },
    summary:
      'Has messages routed once more, by the robots as they are now, or only where the same version of each robot still runs; items come only where their reference is new.',
    params: Hospital,
    body: Replay,
    answer: Replayed,
    async handle(
      { params: { hospital }, body: { messages, version } },
      { db, caller: { account }, installation },
    ) {
      for (const message of messages) await findMessage(db, hospital, message)
      const desk = { db, doorbell: installation.doorbell }
      const { again, waited, otherVersion } = await replay(desk, messages, { account, version })
      for (const message of again)
        await recordChange(db, {
          hospital,
          account,
          what: 'message-replayed',
          subject: message,
          before: null,
          after: true,
        })
      return { again: again.length, waited, otherVersion }
    },
  }),
  defineRoute({
    method: 'POST',
    path: '/api/hospitals/:hospital/messages/:message/skip',
    roles: ['it'],
    access: { action: 'change', subject: 'message' },
    summary:
      'Leaves a message that was set aside as it is, with the reason; later messages about its patients go on.',
    params: MessagePath,
    body: Skip,
    answer: Done,
    async handle(
      { params: { hospital, message }, body: { reason } },
      { db, caller: { account }, installation },
    ) {
      await findMessage(db, hospital, message)
      await skip({ db, doorbell: installation.doorbell }, message, { account, reason })
      await recordChange(db, {
        hospital,
        account,
        what: 'message-skipped',
        subject: message,
        before: null,
        after: reason,
      })
      return { done: true }
    },
  }),
]

const momentOf = (written: string | undefined) => (written === undefined ? undefined : new Date(written))

/** @throws business `not-found` */
async function findMessage(db: LedgerDatabase, hospital: string, id: string) {
  const [found] = await searchMessages(db, { hospital, id, limit: 1 })
  if (found) return found
  throw new Failure('business', 'not-found', 'There is no such message at this hospital (any more).')
}

/** What came in over HL7 channels. */
export const messageRoutes: readonly Route[] = [...readRoutes, ...handleRoutes]
