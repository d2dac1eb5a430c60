import { describe, expect, test } from 'vitest'
import type { Json } from '../../../bots/bot.ts'
import { readChanges } from '../../../orchestrator/ledger/changes.ts'
import type { DeploymentPlan } from '../../../orchestrator/ledger/deployment-plan.ts'
import { findDraft, saveDraft } from '../../../orchestrator/ledger/drafts.ts'
import { readPlan } from '../../../orchestrator/ledger/read-plan.ts'
import { putHospital } from '../../../orchestrator/ledger/setup.ts'
import {
  problemsOf,
  putToWork,
  setFourEyes,
  startAgain,
  turnDown,
} from '../../../orchestrator/work/put-to-work.ts'
import { openBench, type Bench } from './bench.ts'
import { SAVING_PLAN, savingBot } from './planned-bench.ts'

const ada = { hospital: 'oost', account: 'ada' }
const bob = { hospital: 'oost', account: 'bob' }
const bot = savingBot({ references: [], pressed: [] })
const work = {
  bots: new Map([[bot.name, bot]]),
  isAccount: (account: string) => ['ada', 'bob'].includes(account),
  today: '2026-11-21',
}
const ID = 'oost-saving'

async function draft(bench: Bench, change: Partial<DeploymentPlan> = {}, by = ada) {
  await saveDraft(bench.db, by, ID, { ...SAVING_PLAN, ...change })
}
const go = (bench: Bench, mode: 'shadow' | 'live', by = ada) =>
  putToWork(bench.db, by, { deployment: ID, mode }, work)
const modeOf = async (bench: Bench) => (await readPlan(bench.db, 'oost', ID))?.mode

describe('putting to work', () => {
  test('a draft does nothing; put to work it is the deployment that it says, and the difference is written down', async () => {
    await using bench = await openBench()
    await draft(bench)
    expect(await readPlan(bench.db, 'oost', ID)).toBeUndefined()
    expect(await go(bench, 'shadow')).toBe('working')
    expect(await readPlan(bench.db, 'oost', ID)).toMatchObject({ mode: 'shadow', plan: SAVING_PLAN })
    expect(await findDraft(bench.db, 'oost', ID)).toBeUndefined()
    const { next_at } = await bench.db.selectFrom('trigger').selectAll().executeTakeFirstOrThrow()
    expect(next_at?.getTime()).toBeGreaterThan(Date.now())

    await draft(bench, { settings: { place: 'attic' } }, bob)
    await go(bench, 'live', bob)
    const [change] = await readChanges(bench.db, { hospital: 'oost', subject: ID, limit: 1 })
    expect(change).toMatchObject({
      account: 'bob',
      before: { mode: 'shadow', settings: { place: 'cupboard' } },
      after: { mode: 'live', settings: { place: 'attic' } },
    })
  })

  test('a trigger that the plan leaves out is taken away, and its runs stay', async () => {
    await using bench = await openBench()
    await draft(bench)
    await go(bench, 'live')
    const { id } = await bench.db.selectFrom('trigger').select('id').executeTakeFirstOrThrow()
    const run = { hospital: 'oost', deployment: ID, kind: 'schedule' as const, state: 'collected' as const }
    await bench.db
      .insertInto('run')
      .values({ ...run, trigger: id, planned_at: new Date() })
      .execute()
    await draft(bench, { triggers: [] })
    await go(bench, 'live')
    expect(await bench.db.selectFrom('trigger').selectAll().execute()).toEqual([])
    expect(await bench.db.selectFrom('run').select('trigger').execute()).toEqual([{ trigger: null }])
  })

  test('a schedule that stays as it was keeps its time; one of a deployment that was off starts from now', async () => {
    await using bench = await openBench()
    const nextAt = async () =>
      (await bench.db.selectFrom('trigger').selectAll().executeTakeFirstOrThrow()).next_at
    const past = new Date('2026-01-05T06:00:00Z')
    await draft(bench)
    await go(bench, 'live')
    await bench.db.updateTable('trigger').set({ next_at: past }).execute()
    await draft(bench, { outsideSeconds: 90 })
    await go(bench, 'live')
    expect(await nextAt()).toEqual(past)
    await turnDown(bench.db, ada, { deployment: ID, mode: 'off' })
    await draft(bench, { outsideSeconds: 91 })
    await go(bench, 'live')
    expect((await nextAt())?.getTime()).toBeGreaterThan(Date.now())
  })

  test('ids of other deployments, their triggers and other hospitals are refused', async () => {
    await using bench = await openBench()
    await putHospital(bench.db, { id: 'west', name: 'West', norms: [] })
    await draft(bench)
    await go(bench, 'live')
    const west = { hospital: 'west', account: 'wim' }
    await saveDraft(bench.db, west, ID, SAVING_PLAN)
    const theirs = { deployment: ID, mode: 'live' as const }
    await expect(
      putToWork(bench.db, west, theirs, { ...work, isAccount: undefined, today: '2026-11-21' }),
    ).rejects.toThrow(/is in use already/)
    await expect(saveDraft(bench.db, ada, ID, SAVING_PLAN)).rejects.toThrow(/in use already/)
    const thief = { deployment: 'oost-thief', mode: 'live' as const }
    await saveDraft(bench.db, ada, thief.deployment, SAVING_PLAN)
    await expect(putToWork(bench.db, ada, thief, work)).rejects.toThrow(/another deployment's trigger/)
  })

  test('a baseline that is there stays; one with other minutes from the same day is refused', async () => {
    await using bench = await openBench()
    await draft(bench)
    await go(bench, 'live')
    const [first] = SAVING_PLAN.baselines
    if (!first) throw new Error('The plan has a baseline.')
    const later = { ...first, validFrom: '2026-06-01', minutes: 3 }
    await draft(bench, { baselines: [later, first] })
    await go(bench, 'live')
    await draft(bench, { baselines: [first, later], outsideSeconds: 5 })
    await go(bench, 'live')
    expect((await readPlan(bench.db, 'oost', ID))?.plan.baselines).toEqual([first, later])
    await draft(bench, { baselines: [{ ...first, minutes: 99 }] })
    await expect(go(bench, 'live')).rejects.toThrow(/not edited/)
  })
})

describe('what is not right', () => {
  const problems = async (change: Partial<DeploymentPlan>) => {
    await using bench = await openBench()
    const found = await problemsOf(bench.db, 'oost', { ...SAVING_PLAN, ...change }, work)
    return found.map(({ field, code }) => `${field} ${code}`)
  }
  const [schedule] = SAVING_PLAN.triggers
  if (schedule?.kind !== 'schedule') throw new Error('The plan has a schedule.')

  test.each([
    ['nothing', {}, []],
    ['a robot that is not there', { bot: 'gone' }, ['bot bot-unknown']],
    [
      'settings that the robot does not take',
      { settings: { most: 1.5 } },
      ['settings.place setting-invalid', 'settings.most setting-invalid'],
    ],
    ['a system that the robot does not need', { systems: { epd: 'epd' } }, ['systems.epd role-unknown']],
    [
      'a schedule that is none',
      { triggers: [{ ...schedule, cron: 'at noon' }] },
      ['triggers.0.cron cron-invalid'],
    ],
    [
      'six fields, which would be seconds',
      { triggers: [{ ...schedule, cron: '* * * * * *' }] },
      ['triggers.0.cron cron-invalid'],
    ],
    ['the same trigger twice', { triggers: [schedule, schedule] }, ['triggers.1.id trigger-twice']],
    [
      'a trigger that the robot cannot read',
      { triggers: [{ kind: 'hl7' as const, id: 'adt', messageTypes: ['ADT^A08'], conditions: [] }] },
      ['triggers.0.kind trigger-unfit'],
    ],
    [
      'a variant that is none',
      { baselines: SAVING_PLAN.baselines.map((one) => ({ ...one, variant: 'gone' })) },
      ['baselines.0.variant variant-unknown'],
    ],
    ['nobody responsible', { responsible: '' }, ['responsible responsible-missing']],
    ['somebody who has no account', { responsible: 'eve' }, ['responsible responsible-unknown']],
  ])('%s', async (_what, change, expected) => {
    expect(await problems(change)).toEqual(expected)
  })

  test('keeps it from being put to work, with the field', async () => {
    await using bench = await openBench()
    await draft(bench, { settings: {} })
    await expect(go(bench, 'shadow')).rejects.toThrow('Field settings.place:')
    expect(await modeOf(bench)).toBeUndefined()
  })
})

describe('four eyes', () => {
  test('live takes a second account; the same one is refused; shadow takes one', async () => {
    await using bench = await openBench()
    await setFourEyes(bench.db, ada, true)
    await draft(bench)
    expect(await go(bench, 'live')).toBe('asked')
    expect(await modeOf(bench)).toBeUndefined()
    await expect(go(bench, 'live')).rejects.toThrow(/another account/)
    expect(await go(bench, 'live', bob)).toBe('working')
    expect(await modeOf(bench)).toBe('live')
    await draft(bench, { outsideSeconds: 1 })
    expect(await go(bench, 'shadow')).toBe('working')
  })

  test('what was changed after it was asked for has to be asked for again', async () => {
    await using bench = await openBench()
    await setFourEyes(bench.db, ada, true)
    await draft(bench)
    await go(bench, 'live')
    await draft(bench, { settings: { place: 'under the counter' } }, bob)
    expect(await go(bench, 'live', bob)).toBe('asked')
    await expect(go(bench, 'live', bob)).rejects.toThrow(/another account/)
  })

  test('saving a draft as it was asks for nothing anew; without four eyes one account is enough', async () => {
    await using bench = await openBench()
    await setFourEyes(bench.db, ada, true)
    await draft(bench)
    await go(bench, 'live')
    await draft(bench, {}, bob)
    expect(await go(bench, 'live', bob)).toBe('working')
    await setFourEyes(bench.db, ada, false)
    await draft(bench, { outsideSeconds: 2 })
    expect(await go(bench, 'live')).toBe('working')
  })
})

describe('a deployment that works', () => {
  test('is turned down and off, which is written down', async () => {
    await using bench = await openBench()
    await draft(bench)
    await go(bench, 'live')
    await turnDown(bench.db, bob, { deployment: ID, mode: 'shadow' })
    await turnDown(bench.db, bob, { deployment: ID, mode: 'off' })
    const changes = await readChanges(bench.db, { hospital: 'oost', what: ['deployment-mode'], limit: 5 })
    expect(changes.map(({ before, after }): Json => [before, after])).toEqual([
      ['shadow', 'off'],
      ['live', 'shadow'],
    ])
    await expect(turnDown(bench.db, bob, { deployment: 'gone', mode: 'off' })).rejects.toThrow(
      /no deployment/,
    )
  })

  test('goes on after it was stopped, and is not started when it was not', async () => {
    await using bench = await openBench()
    await draft(bench)
    await go(bench, 'live')
    await expect(startAgain(bench.db, ada, ID)).rejects.toThrow(/was not stopped/)
    await bench.db
      .updateTable('deployment')
      .set({ stopped_at: new Date(), stopped_reason: 'Odd.', unexpected_in_a_row: 3 })
      .execute()
    await startAgain(bench.db, ada, ID)
    expect(await readPlan(bench.db, 'oost', ID)).toMatchObject({ stoppedAt: null, stoppedReason: null })
  })
})
