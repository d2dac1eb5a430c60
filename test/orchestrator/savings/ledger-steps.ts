import fc from 'fast-check'
import { Failure } from '../../../connectors/failure.ts'
import { readImports } from '../../../orchestrator/reported/imports.ts'
import { reportItems } from '../../../orchestrator/reported/report-items.ts'
import { withdrawImport } from '../../../orchestrator/reported/withdraw-import.ts'
import { addBaseline } from '../../../orchestrator/savings/baselines.ts'
import { addChain, endChain, readChains } from '../../../orchestrator/savings/chains.ts'
import { addNorm } from '../../../orchestrator/savings/norms.ts'
import { addOneOff, readOneOffs, removeOneOff } from '../../../orchestrator/savings/one-off.ts'
import { dayAfter } from '../../../orchestrator/savings/period.ts'
import { bookUpkeep, readUpkeep, withdrawUpkeep } from '../../../orchestrator/savings/upkeep.ts'
import { DEPLOYMENTS, hospitalOf, WAYS, WEST, type PlayedLedger } from './played-ledger.ts'

const BY = { account: 'u-1', today: '2028-12-31' }
const HOSPITALS = ['oost', 'west'] as const
/** Around both changes of the clock, the ends of a month and a year, and 29 February. */
const DAYS = [
  ...['2026-03-28', '2026-03-29', '2026-03-31', '2026-04-01', '2026-10-25', '2026-12-31', '2027-01-01'],
  ...['2028-02-28', '2028-02-29', '2028-03-01'],
]
export const anyDay = fc.constantFrom(...DAYS)
const anyDeployment = fc.constantFrom(...DEPLOYMENTS, WEST)
const anyHospital = fc.constantFrom(...HOSPITALS)
/** Few, so that deployments meet on them. */
const anyCase = fc.constantFrom('A', 'B', 'C', 'D', undefined)
/** Just before and after local midnight, in winter and in summer. */
const anyTime = fc.constantFrom('00:30:00', '12:00:00', '21:59:59', '22:00:00', '23:00:00')

const anyPlay = fc.record({
  step: fc.constant('play' as const),
  day: anyDay,
  time: anyTime,
  way: fc.constantFrom(...WAYS),
  deployment: anyDeployment,
  variant: fc.constantFrom('plain' as const, 'rare' as const),
  humanSeconds: fc.nat(1000),
  caseReference: anyCase,
  backlog: fc.boolean(),
  inShadow: fc.constantFrom(false, false, true),
})
const anyReport = fc.record({
  step: fc.constant('report' as const),
  deployment: anyDeployment,
  items: fc.array(
    fc.record({
      day: anyDay,
      time: anyTime,
      outcome: fc.constantFrom('done' as const, 'by-hand' as const, 'nothing' as const),
      humanMinutes: fc.constantFrom(undefined, 0, 2.5),
      case: anyCase,
    }),
    { minLength: 1, maxLength: 4 },
  ),
})
const anyBaseline = fc.record({
  step: fc.constant('baseline' as const),
  deployment: anyDeployment,
  variant: fc.constantFrom('plain' as const, 'rare' as const),
  day: anyDay,
  thousandths: fc.integer({ min: 500, max: 30_000 }),
  method: fc.constantFrom('stopwatch' as const, 'log' as const, 'estimate' as const),
  n: fc.constantFrom(2, 3, 30, 31, 32, 250),
  spread: fc.nat(4000),
})
const anyChain = fc.record({
  step: fc.constant('chain' as const),
  day: anyDay,
  hundredths: fc.integer({ min: 1, max: 99 }),
})

/** What happens to the ledger, in whatever order: items on any day, and what people set up, mark, book and take back about any day. */
export const anyStep = fc.oneof(
  { weight: 6, arbitrary: anyPlay },
  { weight: 2, arbitrary: anyReport },
  fc.record({ step: fc.constant('withdraw-import' as const), hospital: anyHospital }),
  { weight: 2, arbitrary: anyBaseline },
  { weight: 2, arbitrary: anyChain },
  fc.record({ step: fc.constant('end-chain' as const), day: anyDay }),
  fc.record({ step: fc.constant('mark' as const), deployment: anyDeployment, day: anyDay, days: fc.nat(40) }),
  fc.record({ step: fc.constant('unmark' as const), hospital: anyHospital }),
  {
    weight: 2,
    arbitrary: fc.record({
      step: fc.constant('book' as const),
      deployment: anyDeployment,
      day: anyDay,
      quarters: fc.integer({ min: 1, max: 30 }),
    }),
  },
  fc.record({ step: fc.constant('withdraw' as const), hospital: anyHospital }),
  fc.record({
    step: fc.constant('norm' as const),
    hospital: anyHospital,
    day: anyDay,
    tenths: fc.integer({ min: 10_000, max: 20_000 }),
  }),
)
export type Step = typeof anyStep extends fc.Arbitrary<infer One> ? One : never
type Of<Name extends Step['step']> = Extract<Step, { step: Name }>

/** Takes a step; false when the product refuses it, such as a baseline that would change what was counted. */
export async function take(played: PlayedLedger, step: Step, number: number): Promise<boolean> {
  try {
    await done(played, step, number)
    return true
  } catch (error) {
    if (error instanceof Failure && error.kind === 'business') return false
    throw error
  }
}

async function done(played: PlayedLedger, step: Step, number: number): Promise<void> {
  const { db } = played.ledger
  switch (step.step) {
    case 'play':
      await played.play(`${step.day}T${step.time}Z`, step)
      return
    case 'report':
      return await report(played, step, number)
    case 'withdraw-import': {
      const imports = await readImports(db, { hospital: step.hospital, limit: 100 })
      const standing = imports.find(({ withdrawn }) => withdrawn === null)
      const by = { hospital: step.hospital, account: 'u-1', name: 'A. de Boer', reason: 'test data' }
      if (standing) await withdrawImport(db, { ...by, id: standing.id })
      return
    }
    case 'baseline':
      return await measure(played, step)
    case 'chain':
      return await chain(played, step)
    case 'end-chain': {
      const [last] = (await readChains(db, 'oost')).filter(({ validUntil }) => validUntil === null)
      if (last) await endChain(db, BY, { id: last.id, hospital: 'oost', until: step.day })
      return
    }
    default:
      return await book(played, step)
  }
}

async function report({ ledger: { db } }: PlayedLedger, { deployment, items }: Of<'report'>, number: number) {
  const rows = items.map(({ day, time, ...item }, place) => ({
    number: place + 1,
    row: {
      ...{ ...item, deployment, variant: 'plain', reference: `other-${number}-${place}` },
      completedAt: new Date(`${day}T${time}Z`),
    },
  }))
  const now = new Date('2029-01-01T12:00:00Z')
  await reportItems(db, rows, { hospitals: [hospitalOf(deployment)], account: 'robot-9', now })
}

async function measure({ ledger: { db } }: PlayedLedger, step: Of<'baseline'>) {
  const { deployment, variant, day, thousandths, method, n, spread } = step
  const minutes = thousandths / 1000
  const sampled = { minutes, method, n, spreadMinutes: Math.min(spread, thousandths) / 1000 }
  const when = { measuredOn: day, validFrom: day, remeasureOn: '2029-06-01' }
  await addBaseline(db, BY, {
    ...sampled,
    ...when,
    deployment,
    variant,
    measuredBy: 'u-17',
    leavingGap: true,
  })
}

/** Both at the east work on one case after each other: what the first does by hand is split. */
async function chain({ ledger: { db } }: PlayedLedger, { day, hundredths }: Of<'chain'>) {
  const parts = [
    { deployment: 'oost-first', variant: 'plain', share: hundredths / 100 },
    { deployment: 'oost-second', variant: 'rare', share: (100 - hundredths) / 100 },
  ]
  const of = { baselineDeployment: 'oost-first', baselineVariant: 'plain' }
  await addChain(db, BY, { hospital: 'oost', name: 'chain', ...of, validFrom: day, parts })
}

async function book(
  { ledger: { db } }: PlayedLedger,
  step: Exclude<Step, Of<'play' | 'report' | 'withdraw-import' | 'baseline' | 'chain' | 'end-chain'>>,
) {
  switch (step.step) {
    case 'mark': {
      const { deployment, day, days } = step
      await addOneOff(db, BY, { deployment, from: day, until: dayAfter(day, days), reason: 'backlog' })
      return
    }
    case 'unmark': {
      const [mark] = await readOneOffs(db, step.hospital)
      if (mark) await removeOneOff(db, BY, { id: mark.id, hospital: step.hospital })
      return
    }
    case 'book': {
      const { deployment, day, quarters } = step
      const hours = { deployment, day, hours: quarters / 4, note: 'screens changed' }
      await bookUpkeep(db, { ...BY, today: day }, hours)
      return
    }
    case 'withdraw': {
      const booked = (await readUpkeep(db, step.hospital)).find(({ withdrawn }) => !withdrawn)
      if (booked) await withdrawUpkeep(db, BY, { id: booked.id, hospital: step.hospital })
      return
    }
    case 'norm': {
      const { hospital, day, tenths } = step
      const norms = db.selectFrom('norm').select('name').where('valid_from', '=', day)
      const known = await norms.where('hospital', '=', hospital).execute()
      const norm = { hospital, name: `norm of ${tenths}`, hoursPerYear: tenths / 10, validFrom: day }
      if (known.length === 0) await addNorm(db, BY, norm)
    }
  }
}
