import { expect, test } from 'vitest'
import { addIdea, decideIdea, readIdeas, voteForIdea } from '../../../orchestrator/programme/ideas.ts'
import { recordPhase } from '../../../orchestrator/programme/adoption.ts'
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

const asked = (hospital: string) => ({ hospitals: [hospital], account: 'account-1', toldAt: [hospital] })

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
  const ideas = await readIdeas(db, asked('oost'))
  expect(ideas.map(({ id, votes, weight }) => [id, votes, weight])).toEqual([
    // (5 + 4) / 2 × 2 × 3 = 27; 1 × 2 × 3 = 6
    [second, 2, 27],
    [first, 1, 6],
  ])
  expect(ideas[0]?.own).toEqual({ reach: 5, minutes: 2, feasibility: 3 })
  expect(ideas[1]?.own).toBeNull()
  expect(await readIdeas(db, asked('west'))).toEqual([])
})

test('nobody votes for or decides about an idea of another hospital', async () => {
  await using ledger = await openProgrammeLedger()
  const { db } = ledger
  const id = await addIdea(db, idea)
  const vote = { hospital: 'west', idea: id, account: 'account-9', reach: 5, minutes: 5, feasibility: 5 }
  expect(await failureOf(voteForIdea(db, vote))).toMatchObject({ code: 'not-found' })
  const decision = {
    hospital: 'west',
    idea: id,
    state: 'declined',
    bot: null,
    reply: '',
    account: 'account-9',
  } as const
  expect(await failureOf(decideIdea(db, decision))).toMatchObject({ code: 'not-found' })
  await decideIdea(db, { ...decision, hospital: 'oost', state: 'chosen', bot: 'results' })
  expect(await readIdeas(db, asked('oost'))).toMatchObject([{ votes: 0, state: 'chosen', bot: 'results' }])
})

test('one keen vote puts no idea above those that five people voted for, and what was declined stands last', async () => {
  await using ledger = await openProgrammeLedger()
  const { db } = ledger
  const add = (title: string) => addIdea(db, { ...idea, title })
  const [keen, many, declined, none, two] = [
    await add('keen'),
    await add('many'),
    await add('declined'),
    await add('none'),
    await add('two'),
  ]
  const vote = (chosen: string, account: string, each: number) =>
    voteForIdea(db, {
      ...{ hospital: 'oost', idea: chosen, account },
      ...{ reach: each, minutes: each, feasibility: each },
    })
  await vote(keen, 'account-1', 5)
  for (const account of ['a', 'b', 'c', 'd', 'e']) await vote(many, account, 2)
  for (const account of ['a', 'b', 'c', 'd', 'e', 'f']) await vote(declined, account, 5)
  for (const account of ['a', 'b']) await vote(two, account, 5)
  const decision = { hospital: 'oost', idea: declined, state: 'declined', bot: null } as const
  await decideIdea(db, { ...decision, reply: 'Het systeem verdwijnt.', account: 'account-9' })
  const shown = await readIdeas(db, asked('oost'))
  // Of equal weight the one with more votes: 5 × 5 × 5 of two before that of one.
  expect(shown.map(({ id }) => id)).toEqual([many, two, keen, none, declined])
  expect(shown.at(-1)).toMatchObject({ reply: 'Het systeem verdwijnt.', decidedAt: expect.any(Date) })
})

test('nobody votes about what was decided, until it is opened again', async () => {
  await using ledger = await openProgrammeLedger()
  const { db } = ledger
  const id = await addIdea(db, idea)
  const vote = { hospital: 'oost', idea: id, account: 'account-2', reach: 5, minutes: 5, feasibility: 5 }
  const decide = (state: 'open' | 'chosen') =>
    decideIdea(db, { hospital: 'oost', idea: id, state, bot: null, reply: '', account: 'account-9' })
  await decide('chosen')
  expect(await failureOf(voteForIdea(db, vote))).toMatchObject({ code: 'idea-decided' })
  await decide('open')
  await voteForIdea(db, vote)
  expect(await readIdeas(db, asked('oost'))).toMatchObject([{ votes: 1, decidedAt: null }])
})

test('where votes are not told there is no number, mean or weight, but what came of the idea and the own vote', async () => {
  await using ledger = await openProgrammeLedger()
  const { db } = ledger
  const id = await addIdea(db, idea)
  const judged = { reach: 4, minutes: 3, feasibility: 2 }
  for (const account of ['account-1', 'account-2'])
    await voteForIdea(db, { hospital: 'oost', idea: id, account, ...judged })
  await recordPhase(
    db,
    { hospital: 'oost', bot: 'results', phase: 'concept', since: '2026-01-10', account: 'account-9' },
    TODAY,
  )
  await recordPhase(
    db,
    { hospital: 'oost', bot: 'results', phase: 'live', since: '2026-05-10', account: 'account-9' },
    TODAY,
  )
  const decision = { hospital: 'oost', idea: id, state: 'chosen', bot: 'results', reply: '' } as const
  await decideIdea(db, { ...decision, account: 'account-9' })
  const [shown] = await readIdeas(db, { ...asked('oost'), toldAt: [] })
  expect(shown).toMatchObject({
    ...{ votes: null, mean: null, weight: null, own: judged, mine: true },
    ...{ state: 'chosen', bot: 'results', phase: 'live', since: '2026-05-10' },
  })
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

test('work pleasure with the robot is measured after that without it', async () => {
  await using ledger = await openProgrammeLedger()
  const record = (moment: 'before' | 'after', measuredOn: string) =>
    recordPleasure(ledger.db, { ...score, moment, measuredOn }, TODAY)
  await record('before', '2026-01-10')
  expect(await failureOf(record('after', '2026-01-09'))).toMatchObject({
    code: 'pleasure-reversed',
    message:
      'Field measuredOn: 2026-01-09 lies before 2026-01-10, on which it was measured without the robot; give that day or a later one, or enter the other one again.',
  })
  await record('after', '2026-06-10')
  expect((await failureOf(record('before', '2026-06-11'))).message).toContain('lies after 2026-06-10')
  await recordPleasure(ledger.db, { ...score, department: 'Interne', measuredOn: '2026-06-11' }, TODAY)
  await record('before', '2026-02-10')
  expect((await readPleasure(ledger.db, ['oost'])).map(({ measuredOn }) => measuredOn)).toEqual([
    ...['2026-02-10', '2026-06-10', '2026-06-11'],
  ])
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
