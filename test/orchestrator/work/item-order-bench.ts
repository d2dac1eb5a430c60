import { setTimeout as pause } from 'node:timers/promises'
import { sql } from 'kysely'
import { finishItem } from '../../../orchestrator/ledger/finish.ts'
import { letPass } from '../../../orchestrator/ledger/item-order.ts'
import { claimItem, queueAgain } from '../../../orchestrator/ledger/items.ts'
import { parkItem } from '../../../orchestrator/ledger/parking.ts'
import { putDeployment } from '../../../orchestrator/ledger/setup.ts'
import type { ItemRow, LedgerDatabase } from '../../../orchestrator/ledger/tables.ts'
import { answerMessage } from '../../../orchestrator/triggers/hl7.ts'
import { answerAll, messageAbout, openMessageBench, type MessageBench } from '../triggers/message-bench.ts'
import { PLAIN_DEPLOYMENT } from './bench.ts'

/** A message under the number of its place, about these patients: more than one is a merge. */
export type Patients = readonly string[]

/** Messages that were routed: an item of each in two deployments, nothing claimed yet. */
export async function openRouted(messages: readonly Patients[]): Promise<MessageBench> {
  const bench = await openMessageBench()
  const triggers = [{ id: 'oost-other-adt', messageTypes: ['ADT^A08', 'ADT^A40'] }]
  await putDeployment(bench.db, { ...PLAIN_DEPLOYMENT, id: 'oost-other', triggers })
  await routeMore(
    bench,
    messages.map((patients, place) => messageAbout(String(place), patients)),
  )
  return bench
}

/** Has messages come in and be routed. */
export async function routeMore(bench: MessageBench, messages: readonly Buffer[]): Promise<void> {
  for (const id of await bench.ids(...messages)) bench.rung.push({ kind: 'message', id, turn: '0' })
  await answerAll(bench, (id) => answerMessage(bench, id))
}

/** What several workers and a person did, and what was wrong about its order. */
export interface Outcome {
  /** `7 while 3`: an item of message 7 was in hand while one of message 3, of the same patient, had not ended. */
  readonly overtakings: readonly string[]
  readonly open: number
  readonly done: number
}

interface Play {
  readonly db: LedgerDatabase
  readonly messages: readonly Patients[]
  readonly random: () => number
  /** Items by id that may still hold others. */
  readonly holding: Map<string, number>
  readonly overtakings: string[]
}

const finish = { variant: 'plain', outcome: 'nothing' as const, share: 0, lastAct: undefined, followUps: [] }
const why = { code: 'test', sentence: 'It is a test.' }

/** Lets workers take and end items at random, all at once, until none is left; a person handles what is parked. */
export async function playOut(
  { db }: MessageBench,
  messages: readonly Patients[],
  random: () => number,
): Promise<Outcome> {
  const items = await db.selectFrom('item').select(['id', 'reference']).execute()
  const holding = new Map(items.map(({ id, reference }) => [id, Number(reference)]))
  const play: Play = { db, messages, random, holding, overtakings: [] }
  await Promise.all([...Array.from({ length: 6 }, (_, n) => work(play, n)), handle(play)])
  const count = async (open: boolean) => {
    const rows = await db.selectFrom('item').select('state').execute()
    return rows.filter(({ state }) => ['done', 'cancelled'].includes(state) !== open).length
  }
  return { overtakings: play.overtakings, open: await count(true), done: await count(false) }
}

async function openItems({ db }: Play, state?: string): Promise<string[]> {
  const { rows } = await sql<{ id: string }>`SELECT id FROM item WHERE state NOT IN ('done', 'cancelled')
    AND (${state ?? null}::text IS NULL OR state = ${state ?? null}) ORDER BY id`.execute(db)
  return rows.map(({ id }) => id)
}

const oneOf = <T>(all: readonly T[], random: () => number): T | undefined =>
  all[Math.floor(random() * all.length)]

async function work(play: Play, number: number): Promise<void> {
  const worker = `00000000-0000-4000-8000-00000000000${number}`
  while ((await openItems(play)).length > 0) {
    const id = oneOf(await openItems(play, 'queued'), play.random)
    const item = id && (await claimItem(play.db, id, worker, 60, null))
    if (!item) continue
    noteOvertaking(play, item)
    await pause(play.random() * 4)
    await end(play, item, worker)
  }
}

function noteOvertaking({ messages, holding, overtakings }: Play, { reference }: ItemRow): void {
  const mine = Number(reference)
  for (const earlier of new Set(holding.values())) {
    const shared = messages[earlier]?.some((patient) => messages[mine]?.includes(patient))
    if (earlier < mine && shared) overtakings.push(`${mine} while ${earlier}`)
  }
}

async function end({ db, random, holding }: Play, item: ItemRow, worker: string): Promise<void> {
  const hold = { item: item.id, fence: item.fence, worker }
  const chance = random()
  if (chance < 0.15) await parkItem(db, hold, { ...why, kind: 'technical' }, [])
  else if (chance < 0.3) await queueAgain(db, hold, { ...why, delaySeconds: 0 }, [])
  else {
    holding.delete(item.id)
    await finishItem(db, hold, finish, [])
  }
}

/** Gives back, lets pass or cancels; the ways of the worklist change the row in the same manner. */
async function handle(play: Play): Promise<void> {
  const { db, random, holding } = play
  while ((await openItems(play)).length > 0) {
    const id = oneOf(await openItems(play, 'parked'), random)
    const chance = random()
    if (id === undefined) await pause(1)
    else if (chance < 0.4) {
      await sql`UPDATE item SET state = 'queued', parked_kind = NULL, fence = fence + 1 WHERE id = ${id}`.execute(
        db,
      )
    } else {
      holding.delete(id)
      if (chance < 0.7) await letPass(db, id, 'a-1')
      else
        await sql`UPDATE item SET state = 'cancelled', parked_kind = NULL, fence = fence + 1 WHERE id = ${id}`.execute(
          db,
        )
    }
  }
}
