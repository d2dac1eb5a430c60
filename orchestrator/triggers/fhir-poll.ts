import type { Bot, Json } from '../../bots/bot.ts'
import { asFailure, Failure } from '../../connectors/failure.ts'
import type { FhirSystem } from '../../connectors/fhir/client.ts'
import type { ResultPage } from '../../connectors/fhir/pages.ts'
import type { Resource } from '../../connectors/fhir/resource.ts'
import { endPoll, holdPoll, noteSeen, type PollClaim, type PollEnd } from '../ledger/fhir-polls.ts'
import { addItems, type NewItem } from '../ledger/items.ts'
import { addRun } from '../ledger/runs.ts'
import type { LedgerDatabase } from '../ledger/tables.ts'
import { newItem } from '../work/new-item.ts'
import {
  cursorAfter,
  isWithin,
  searchFor,
  seenFrom,
  versionSeen,
  windowOf,
  type Window,
} from './fhir-window.ts'

export interface PollWork {
  readonly db: LedgerDatabase
  readonly bot: Bot
  readonly settings: Json
  readonly system: FhirSystem
  readonly poll: PollClaim
  readonly leaseSeconds: number
  readonly signal: AbortSignal
  /** Rings for items that wait. */
  readonly ring: (items: readonly string[]) => Promise<void>
}

/** What one reading of a window came to. */
interface Pass {
  readonly pages: number
  /** How many versions were not known before. */
  readonly fresh: number
  readonly newest: number | undefined
  readonly serverTime: number | undefined
}

const MOST_PASSES = 5

/**
 * Asks the server what changed and inserts the items that the bot makes of it: each page's items and the versions that
 * they came from in one transaction, with the last page the cursor too. A resource that changes while pages are
 * fetched shifts those after it, and one can fall between two pages: so what a search of more than one page leaves
 * behind the cursor is read again until nothing new is in it. @throws Failure: the cursor then stays where it was
 */
export async function pollOnce(work: PollWork): Promise<void> {
  const { db, poll } = work
  const window = windowOf(poll)
  const state: PollState = { run: undefined, ended: false }
  const first = await readWindow(work, state, window, (pass) =>
    pass.pages === 1 ? endOf(poll, pass) : undefined,
  )
  if (state.ended) return
  const end = endOf(poll, first)
  const whole = await nothingLeftBehind(work, state, { ...window, ...toOf(end) })
  await endPoll(db, poll, whole ? end : { cursor: undefined, seenFrom: undefined, unfinished: true })
}

interface PollState {
  /** The run of this poll, made with its first items: a poll that finds no work leaves no row. */
  run: string | undefined
  ended: boolean
}

function endOf(poll: PollClaim, { newest, serverTime }: Pass): PollEnd {
  const cursor = cursorAfter(newest, serverTime)
  if (cursor === undefined) return { cursor: undefined, seenFrom: undefined }
  const furthest = Math.max(cursor, poll.cursor?.getTime() ?? cursor)
  return { cursor: new Date(furthest), seenFrom: new Date(seenFrom(furthest, poll.overlap_seconds)) }
}

const toOf = ({ seenFrom: to }: PollEnd) => (to === undefined ? {} : { to: to.getTime() })

async function nothingLeftBehind(work: PollWork, state: PollState, window: Window): Promise<boolean> {
  if (window.to === undefined || (window.from !== undefined && window.to <= window.from)) return true
  for (let pass = 1; pass <= MOST_PASSES; pass++) {
    const { pages, fresh } = await readWindow(work, state, window, () => undefined)
    if (pages === 1 || fresh === 0) return true
  }
  return false
}

/** Reads a window page by page; `endWith` gives the end to commit together with the last page, if that is certain then. */
async function readWindow(
  work: PollWork,
  state: PollState,
  window: Window,
  endWith: (pass: Pass) => PollEnd | undefined,
): Promise<Pass> {
  const { system, poll, signal } = work
  let pass: Pass = { pages: 0, fresh: 0, newest: undefined, serverTime: undefined }
  for await (const page of system.searchPages(poll.resource_type, searchFor(poll, window))) {
    if (signal.aborted) throw new Failure('transient', 'stopped', 'The poll was stopped with its worker.')
    const versions = versionsOf(page, window, system.id)
    const newest = Math.max(
      pass.newest ?? -Infinity,
      ...[...versions.values()].map(({ seen }) => seen.at.getTime()),
    )
    pass = {
      pages: pass.pages + 1,
      fresh: pass.fresh,
      newest: Number.isFinite(newest) ? newest : undefined,
      serverTime: pass.serverTime ?? page.serverTime,
    }
    const end = page.last ? endWith(pass) : undefined
    const fresh = await commitPage(work, state, versions, end)
    pass = { ...pass, fresh: pass.fresh + fresh }
  }
  return pass
}

type Versions = ReadonlyMap<
  string,
  { readonly seen: ReturnType<typeof versionSeen>; readonly resource: Resource }
>

const keyOf = ({ resource, version }: { resource: string; version: string }) =>
  `${resource}/_history/${version}`

function versionsOf({ resources }: ResultPage, window: Window, system: string): Versions {
  const found = resources.map((resource) => ({ seen: versionSeen(resource, system), resource }))
  return new Map(found.filter(({ seen }) => isWithin(seen, window)).map((one) => [keyOf(one.seen), one]))
}

/** Gives how many of these versions were not known before. */
async function commitPage(
  work: PollWork,
  state: PollState,
  versions: Versions,
  end: PollEnd | undefined,
): Promise<number> {
  const { db, poll } = work
  const { fresh, queued } = await db.transaction().execute(async (tx) => {
    if (!(await holdPoll(tx, poll, work.leaseSeconds))) throw lost()
    const unknown = await noteSeen(
      tx,
      poll.trigger,
      [...versions.values()].map(({ seen }) => seen),
    )
    const resources = unknown.flatMap((one) => versions.get(keyOf(one)) ?? [])
    const waiting = await addFound(
      tx,
      work,
      state,
      resources.flatMap(({ seen, resource }) => itemsOf(work, keyOf(seen), resource)),
    )
    if (end) await endPoll(tx, poll, end)
    return { fresh: unknown.length, queued: waiting }
  })
  state.ended = end !== undefined
  await work.ring(queued)
  return fresh
}

async function addFound(
  tx: LedgerDatabase,
  { poll }: PollWork,
  state: PollState,
  items: readonly NewItem[],
): Promise<readonly string[]> {
  if (items.length === 0) return []
  const { hospital, deployment, trigger } = poll
  state.run ??= (await addRun(tx, { hospital, deployment, kind: 'fhir', trigger }))?.id
  if (state.run === undefined) throw new Error('A run of a FHIR trigger has nothing to collide with.')
  const { added, queued } = await addItems(tx, { hospital, deployment, run: state.run }, items)
  await tx
    .updateTable('run')
    .set((eb) => ({ found: eb('found', '+', items.length), added: eb('added', '+', added) }))
    .where('id', '=', state.run)
    .execute()
  return queued
}

/** A resource that the bot cannot read is no reason to stop: it waits for a person, named by its address there. */
function itemsOf({ bot, settings }: PollWork, address: string, resource: Resource): readonly NewItem[] {
  try {
    return (bot.fhir?.(resource, settings) ?? []).map((raw) => newItem(bot, raw))
  } catch (error) {
    const { code, message } = asFailure(error)
    return [
      {
        reference: address,
        caseReference: address,
        data: { resource: address },
        refused: { code, sentence: message },
      },
    ]
  }
}

const lost = () => new Failure('transient', 'poll-lost', 'Another worker polls this trigger now.')
