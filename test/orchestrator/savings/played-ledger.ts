import { addItems, claimItem } from '../../../orchestrator/ledger/items.ts'
import { finishItem } from '../../../orchestrator/ledger/finish.ts'
import { parkItem } from '../../../orchestrator/ledger/parking.ts'
import { cancelItem, doneByHand, giveBack } from '../../../orchestrator/ledger/people.ts'
import { addRun } from '../../../orchestrator/ledger/runs.ts'
import { putDeployment, putHospital, type BaselineSetup } from '../../../orchestrator/ledger/setup.ts'
import { returnExpiredClaims } from '../../../orchestrator/ledger/sweeping.ts'
import type { Hold } from '../../../orchestrator/ledger/transition.ts'
import { markRunOneOff } from '../../../orchestrator/savings/one-off.ts'
import { createTestDatabase } from '../../postgres.ts'
import { BASELINE } from './golden-case.ts'
import { openLedgerAt, type LedgerAt } from './ledger-at.ts'

const WORKER = '018f0000-0000-7000-8000-000000000001'
export const OUTSIDE_SECONDS = 95
/** The second has no baseline for the variant `rare`, and a share for what people finish. */
export const DEPLOYMENTS = ['oost-first', 'oost-second'] as const
/** At a hospital of its own, an hour to the west; a share for what people finish, and no baseline for `rare` either. */
export const WEST = 'west-first'
/** What an item counts for that a person finishes when the robot had prepared it. */
export const PARKED_SHARES = { 'oost-first': 0, 'oost-second': 0.25, [WEST]: 0.5 } as const
export type PlayedDeployment = keyof typeof PARKED_SHARES
export const hospitalOf = (deployment: PlayedDeployment) => (deployment === WEST ? 'west' : 'oost')
export const ZONES = { oost: 'Europe/Amsterdam', west: 'Europe/London' } as const

/** What may happen to an item, from its arrival to its end. */
export const WAYS = [
  ...['done', 'nothing', 'shadow', 'finished-twice', 'late', 'lost'],
  ...['parked', 'refused', 'parked-again', 'by-hand', 'unprepared', 'cancelled'],
] as const

export interface Play {
  readonly way: (typeof WAYS)[number]
  readonly deployment: PlayedDeployment
  readonly variant: 'plain' | 'rare'
  readonly humanSeconds: number
  /** The case it belongs to, for items of several deployments; one of its own when left out. */
  readonly caseReference?: string | undefined
  /** Whether it comes with a run that clears a backlog. */
  readonly backlog?: boolean
  /** Whether its deployment is in shadow mode meanwhile. */
  readonly inShadow?: boolean
}

/** A ledger with two deployments on which items are played through the product's own functions. */
export interface PlayedLedger extends AsyncDisposable {
  readonly ledger: LedgerAt
  /** Plays one item at a moment (ISO 8601 with zone) and gives its id. */
  play(moment: string, play: Play): Promise<string>
}

/** How the minutes of the baselines were found: until 28 March, since, and of the variant `rare`. */
export type Samplings = Readonly<Record<'before' | 'since' | 'rare', Sampled>>
type Sampled = Pick<BaselineSetup, 'method' | 'n' | 'spreadMinutes'>

const SAMPLED: Samplings = {
  before: { method: 'stopwatch', n: 12, spreadMinutes: 1.25 },
  since: { method: 'stopwatch', n: 230, spreadMinutes: 2.375 },
  rare: { method: 'stopwatch', n: 2, spreadMinutes: 6.5 },
}

interface Opening {
  readonly sampled?: Samplings
  /** With the hospital in the west. */
  readonly west?: boolean
}

export async function openPlayedLedger({
  sampled = SAMPLED,
  west = false,
}: Opening = {}): Promise<PlayedLedger> {
  const database = await createTestDatabase()
  const ledger = await openLedgerAt(database.url)
  await setUp(ledger, sampled, west ? [...DEPLOYMENTS, WEST] : DEPLOYMENTS)
  let number = 0
  return {
    ledger,
    play: async (moment, play) => {
      if (play.inShadow) await setMode(ledger, play.deployment, 'shadow')
      const id = await playItem(ledger, moment, play, `R-${++number}`)
      if (play.inShadow) await setMode(ledger, play.deployment, 'live')
      return id
    },
    [Symbol.asyncDispose]: async () => {
      await ledger[Symbol.asyncDispose]()
      await database[Symbol.asyncDispose]()
    },
  }
}

async function setUp(
  { db, owner }: LedgerAt,
  sampled: Samplings,
  deployments: readonly PlayedDeployment[],
): Promise<void> {
  const norms = [{ validFrom: '2025-01-01', name: 'planning', hoursPerYear: 1440 }]
  for (const id of new Set(deployments.map(hospitalOf))) {
    await putHospital(db, { id, name: id === 'oost' ? 'Oost' : 'West', norms })
    await owner.updateTable('hospital').set({ time_zone: ZONES[id] }).where('id', '=', id).execute()
  }
  await db.insertInto('bot_activity').values({ bot: 'played', activity: 'reporting' }).execute()
  const rare = { ...BASELINE, variant: 'rare', minutes: 17.875, ...sampled.rare }
  for (const id of deployments)
    await putDeployment(db, {
      ...{
        id,
        hospital: hospitalOf(id),
        bot: 'played',
        mode: 'live',
        settings: {},
        systems: {},
        responsible: 'u-1',
      },
      ...{ outsideSeconds: OUTSIDE_SECONDS, parkedShare: PARKED_SHARES[id], triggers: [] },
      baselines: [
        { ...BASELINE, minutes: 6.123, ...sampled.before },
        { ...BASELINE, minutes: 5.5, validFrom: '2026-03-29', ...sampled.since },
        ...(id === 'oost-first' ? [rare] : []),
      ],
    })
}

const setMode = ({ db }: LedgerAt, id: Play['deployment'], mode: 'shadow' | 'live') =>
  db.updateTable('deployment').set({ mode }).where('id', '=', id).execute()

async function playItem(ledger: LedgerAt, moment: string, play: Play, reference: string): Promise<string> {
  await ledger.setClock(moment)
  const refused =
    play.way === 'refused' || play.way === 'unprepared'
      ? { refused: { code: 'unreadable', sentence: 'It cannot be read.' } }
      : {}
  const { deployment, caseReference = reference } = play
  const item = { reference, caseReference, data: {}, ...refused }
  const run = play.backlog ? await backlogRun(ledger, deployment) : null
  await addItems(ledger.db, { hospital: hospitalOf(deployment), deployment, run }, [item, item])
  const { id } = await ledger.db
    .selectFrom('item')
    .select('id')
    .where('reference', '=', reference)
    .executeTakeFirstOrThrow()
  const { variant, humanSeconds } = play
  if (play.way === 'unprepared')
    await doneByHand(ledger.db, { item: id, account: 'u-1', humanSeconds }, { variant, reference: 'E-1' })
  else if (play.way !== 'refused') await goOn(ledger, moment, play, id)
  return id
}

async function backlogRun({ db }: LedgerAt, deployment: Play['deployment']): Promise<string> {
  const hospital = hospitalOf(deployment)
  const run = await addRun(db, { hospital, deployment, kind: 'by-hand' })
  if (!run) throw new Error('The run was not made.')
  await markRunOneOff(db, { account: 'u-1', today: '2026-03-28' }, { run: run.id, hospital })
  return run.id
}

async function goOn(ledger: LedgerAt, moment: string, play: Play, item: string): Promise<void> {
  const { db } = ledger
  const { way, variant, humanSeconds, inShadow = false } = play
  const hold = await claim(ledger, item)
  const person = { item, account: 'u-1', humanSeconds }
  if (way === 'late' || way === 'lost') {
    await ledger.setClock(new Date(Date.parse(moment) + 120_000).toISOString())
    await returnExpiredClaims(db, way === 'lost' ? 1 : 5)
    await finish(ledger, hold, variant, inShadow ? 'shadow' : 'done')
    if (way === 'late') await finish(ledger, await claim(ledger, item), variant, inShadow ? 'shadow' : 'done')
  } else if (way === 'done' || way === 'nothing' || way === 'shadow') {
    await finish(ledger, hold, variant, inShadow ? 'shadow' : way)
  } else if (way === 'finished-twice') {
    await Promise.all([1, 2, 3].map(() => finish(ledger, hold, variant, inShadow ? 'shadow' : 'done')))
  } else {
    await park(ledger, hold)
    if (way === 'by-hand') await doneByHand(db, person, { variant, reference: 'E-1' })
    if (way === 'cancelled') await cancelItem(db, person, 'No longer wanted.')
    if (way === 'parked-again') {
      await giveBack(db, person, { reference: item, caseReference: play.caseReference ?? item, data: {} })
      await park(ledger, await claim(ledger, item))
    }
  }
}

async function claim({ db }: LedgerAt, item: string): Promise<Hold> {
  const row = await claimItem(db, item, WORKER, 60)
  if (!row) throw new Error('The item was not there to be claimed.')
  return { item, fence: row.fence, worker: WORKER }
}

const park = ({ db }: LedgerAt, hold: Hold) =>
  parkItem(db, hold, { kind: 'business', code: 'rule', sentence: 'A rule says no.' }, [
    { kind: 'step', name: 'read' },
  ])

async function finish(
  { db }: LedgerAt,
  hold: Hold,
  variant: string,
  outcome: 'done' | 'nothing' | 'shadow',
): Promise<void> {
  const share = outcome === 'done' ? 1 : 0
  await finishItem(db, hold, { variant, outcome, share, lastAct: undefined, followUps: [] }, [])
}
