import { expect, test } from 'vitest'
import { addIdea, decideIdea, readIdeas, voteForIdea } from '../../../orchestrator/programme/ideas.ts'
import { readPleasure, recordPleasure } from '../../../orchestrator/programme/pleasure.ts'
import { failureOf, openProgrammeLedger } from './programme-ledger.ts'

const TODAY = '2026-11-21'
const idea = {
  hospital: 'oost',
  title: 'Uitslagen doorsturen',
  explanation: 'Elke ochtend hetzelfde.',
  department: 'Cardiologie',
  activity: 'diagnostics',
  account: 'account-1',
} as const

test('ideas stand by the weight of their votes, one for each account, and the own vote is shown', async () => {
  await using ledger = await openProgrammeLedger()
  const { db } = ledger
  const first = await addIdea(db, idea)
  const second = await addIdea(db, { ...idea, title: 'Brieven sorteren' })
  const vote = (account: string, chosen: string, reach: number) =>
    voteForIdea(db, { hospital: 'oost', idea: chosen, account, reach, minutes: 2, feasibility: 3 })
  await vote('account-1', second, 1)
  await vote('account-1', second, 5)
  await vote('account-2', second, 4)
  await vote('account-2', first, 1)
  const ideas = await readIdeas(db, ['oost'], 'account-1')
  expect(ideas.map(({ id, votes, weight }) => [id, votes, weight])).toEqual([
    // (5 + 4) / 2 × 2 × 3 = 27; 1 × 2 × 3 = 6
    [second, 2, 27],
    [first, 1, 6],
  ])
  expect(ideas[0]?.own).toEqual({ reach: 5, minutes: 2, feasibility: 3 })
  expect(ideas[1]?.own).toBeNull()
  expect(await readIdeas(db, ['west'], 'account-1')).toEqual([])
})

test('nobody votes for or decides about an idea of another hospital', async () => {
  await using ledger = await openProgrammeLedger()
  const { db } = ledger
  const id = await addIdea(db, idea)
  const vote = { hospital: 'west', idea: id, account: 'account-9', reach: 5, minutes: 5, feasibility: 5 }
  expect(await failureOf(voteForIdea(db, vote))).toMatchObject({ code: 'not-found' })
  const decision = { hospital: 'west', idea: id, state: 'declined', bot: null, account: 'account-9' } as const
  expect(await failureOf(decideIdea(db, decision))).toMatchObject({ code: 'not-found' })
  await decideIdea(db, { ...decision, hospital: 'oost', state: 'chosen', bot: 'results' })
  expect(await readIdeas(db, ['oost'], 'account-1')).toMatchObject([
    { votes: 0, state: 'chosen', bot: 'results' },
  ])
})

const score = {
  hospital: 'oost',
  department: 'Cardiologie',
  bot: 'referral-intake',
  moment: 'before',
  measuredOn: '2026-01-10',
  respondents: 12,
  score: '5.8',
  account: 'account-1',
} as const

test('work pleasure stands before and after; of fewer than five people it is withheld', async () => {
  await using ledger = await openProgrammeLedger()
  const { db } = ledger
  await recordPleasure(
    db,
    { ...score, moment: 'after', measuredOn: '2026-06-10', respondents: 4, score: '7.9' },
    TODAY,
  )
  await recordPleasure(db, score, TODAY)
  const shown = await readPleasure(db, ['oost'])
  expect(shown.map(({ moment, respondents, score: mean }) => [moment, respondents, mean])).toEqual([
    ['before', 12, '5.8'],
    ['after', null, null],
  ])
  await recordPleasure(
    db,
    { ...score, moment: 'after', measuredOn: '2026-06-10', respondents: 5, score: '7.9' },
    TODAY,
  )
  expect((await readPleasure(db, ['oost']))[1]).toMatchObject({ respondents: 5, score: '7.9' })
})

test.each([
  [{ score: '10.1' }, 'Field score'],
  [{ score: '0' }, 'Field score'],
  [{ score: '7.25' }, 'Field score'],
  [{ respondents: 0 }, 'Field respondents'],
  [{ measuredOn: '2026-12-01' }, 'Field measuredOn'],
])('a score of work pleasure with %o is refused: %s', async (wrong, named) => {
  await using ledger = await openProgrammeLedger()
  expect((await failureOf(recordPleasure(ledger.db, { ...score, ...wrong }, TODAY))).message).toContain(named)
  expect(await readPleasure(ledger.db, ['oost'])).toEqual([])
})
