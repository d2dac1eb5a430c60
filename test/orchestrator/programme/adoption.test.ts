import { expect, test } from 'vitest'
import { readChanges } from '../../../orchestrator/ledger/changes.ts'
import type { Phase } from '../../../orchestrator/ledger/programme-tables.ts'
import { readAdoption, recordPhase, removePhase } from '../../../orchestrator/programme/adoption.ts'
import { daysOfRound, planRound, readRounds, roundOn } from '../../../orchestrator/programme/rounds.ts'
import { failureOf, openProgrammeLedger } from './programme-ledger.ts'

const TODAY = '2026-11-21'
const by = { account: 'account-1' }
const place = { hospital: 'oost', bot: 'referral-intake' }

test('a bot’s phases at a hospital stand in order, beside what is deployed there and when it first counted', async () => {
  await using ledger = await openProgrammeLedger()
  const { db } = ledger
  const deployment = await ledger.deploy('oost', 'referral-intake', 'live')
  await ledger.deploy('west', 'referral-intake', 'shadow')
  await ledger.count(deployment, '2026-03-02', 4)
  // A case that counts elsewhere already is credited here on no day.
  await ledger.count(deployment, '2026-02-27', 2, 'left-out')
  await recordPhase(db, { ...place, ...by, phase: 'live', since: '2026-03-01' }, TODAY)
  await recordPhase(db, { ...place, ...by, phase: 'idea', since: '2025-09-01' }, TODAY)
  expect(await readAdoption(db, ['oost', 'west'])).toEqual([
    {
      ...place,
      phases: [
        { phase: 'idea', since: '2025-09-01' },
        { phase: 'live', since: '2026-03-01' },
      ],
      deployed: 'live',
      firstCreditedOn: '2026-03-02',
    },
    { hospital: 'west', bot: 'referral-intake', phases: [], deployed: 'shadow', firstCreditedOn: null },
  ])
  expect(await readAdoption(db, ['west'])).toHaveLength(1)
})

test('a phase of the same day is replaced and can be taken back, and both are written down', async () => {
  await using ledger = await openProgrammeLedger()
  const { db } = ledger
  const since = '2026-02-01'
  await recordPhase(db, { ...place, ...by, phase: 'test', since }, TODAY)
  await recordPhase(db, { ...place, ...by, phase: 'concept', since }, TODAY)
  await removePhase(db, { ...place, ...by, since })
  expect(await readAdoption(db, ['oost'])).toEqual([])
  const changes = await readChanges(db, { hospital: 'oost', limit: 10 })
  expect(changes.map(({ before, after }) => [before, after])).toEqual([
    ['concept', null],
    ['test', 'concept'],
    [null, 'test'],
  ])
  expect(await failureOf(removePhase(db, { ...place, ...by, since }))).toMatchObject({ code: 'not-found' })
})

test.each([
  ['2026-11-22', 'still to come'],
  ['2026-02-30', 'is not a date'],
  ['1999-02-03', 'is not a day from 2000-01-01'],
  ['yesterday', 'is not a date'],
])('a phase since %s is refused: %s', async (since, why) => {
  await using ledger = await openProgrammeLedger()
  const failure = await failureOf(recordPhase(ledger.db, { ...place, ...by, phase: 'test', since }, TODAY))
  expect(failure.message).toContain('Field since')
  expect(failure.message).toContain(why)
  expect(await readAdoption(ledger.db, ['oost'])).toEqual([])
})

test('phases out of their order are refused with the one that is in the way; one may be skipped', async () => {
  await using ledger = await openProgrammeLedger()
  const { db } = ledger
  const record = (phase: Phase, since: string) => recordPhase(db, { ...place, ...by, phase, since }, TODAY)
  await record('concept', '2026-02-01')
  await record('live', '2026-06-01')
  expect(await failureOf(record('idea', '2026-03-01'))).toMatchObject({
    code: 'phase-order',
    message:
      'Field since: referral-intake is in phase concept since 2026-02-01, and idea comes before that; give an earlier day, or take that phase away first.',
  })
  expect((await failureOf(record('live', '2026-01-01'))).message).toBe(
    'Field since: referral-intake is in phase concept since 2026-02-01, and live comes after that; give a later day, or take that phase away first.',
  )
  expect(await failureOf(record('test', '2026-07-01'))).toMatchObject({ code: 'phase-order' })
  await record('idea', '2026-01-01')
  await record('test', '2026-03-01')
  // Of its own day a phase is replaced, and elsewhere nothing is in the way.
  await record('scaled-up', '2026-06-01')
  await recordPhase(db, { ...place, hospital: 'west', ...by, phase: 'idea', since: '2026-11-01' }, TODAY)
  expect((await readAdoption(db, ['oost']))[0]?.phases.map(({ phase }) => phase)).toEqual([
    ...['idea', 'concept', 'test', 'scaled-up'],
  ])
})

test('a round shows what was planned for it and what went live in it for the first time', async () => {
  await using ledger = await openProgrammeLedger()
  const { db } = ledger
  await planRound(db, { ...place, ...by, round: '2026-1', planned: true })
  await planRound(db, { ...place, ...by, round: '2026-1', planned: true })
  await planRound(db, { hospital: 'west', bot: 'insurance-check', ...by, round: '2026-1', planned: true })
  await recordPhase(db, { ...place, ...by, phase: 'live', since: '2026-06-30' }, TODAY)
  await recordPhase(db, { ...place, ...by, phase: 'scaled-up', since: '2026-07-01' }, TODAY)
  const rounds = await readRounds(db, ['oost', 'west'], TODAY)
  expect(rounds.map(({ id }) => id)).toEqual(['2026-2', '2026-1'])
  expect(rounds[1]).toEqual({
    id: '2026-1',
    from: '2026-01-01',
    to: '2026-06-30',
    planned: [{ hospital: 'west', bot: 'insurance-check' }, place],
    live: [{ ...place, since: '2026-06-30' }],
  })
  expect(rounds[0]?.live).toEqual([])
  expect(await readChanges(db, { hospital: 'oost', what: ['round'], limit: 9 })).toHaveLength(1)
  await planRound(db, { hospital: 'west', bot: 'insurance-check', ...by, round: '2026-1', planned: false })
  expect((await readRounds(db, ['oost', 'west'], TODAY))[1]?.planned).toEqual([place])
})

test('a robot that is live came into use when it first counted, unless a phase says when', async () => {
  await using ledger = await openProgrammeLedger()
  const { db } = ledger
  const live = await ledger.deploy('oost', 'referral-intake', 'live')
  const shadow = await ledger.deploy('west', 'referral-intake', 'shadow')
  await ledger.deploy('oost', 'insurance-check', 'live')
  await ledger.count(live, '2026-03-02', 4)
  await ledger.count(shadow, '2026-03-03', 4)
  await recordPhase(db, { ...place, ...by, phase: 'test', since: '2025-09-01' }, TODAY)
  const liveIn = async (round: string) =>
    (await readRounds(db, ['oost', 'west'], TODAY)).find(({ id }) => id === round)?.live
  expect(await liveIn('2026-1')).toEqual([{ ...place, since: '2026-03-02' }])
  expect(await liveIn('2026-2')).toEqual([])
  await recordPhase(db, { ...place, ...by, phase: 'live', since: '2025-12-15' }, TODAY)
  expect(await liveIn('2026-1')).toBeUndefined()
  expect(await liveIn('2025-2')).toEqual([{ ...place, since: '2025-12-15' }])
})

test('a round is a half year', () => {
  expect(['2026-06-30', '2026-07-01', '2026-12-31'].map(roundOn)).toEqual(['2026-1', '2026-2', '2026-2'])
  expect(daysOfRound('2027-2')).toEqual({ from: '2027-07-01', to: '2027-12-31' })
  for (const wrong of ['2027', '2027-3', '27-1', '', '1999-2', '9999-1'])
    expect(() => daysOfRound(wrong)).toThrow('Field round')
})
