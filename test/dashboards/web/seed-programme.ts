import type { LedgerDatabase } from '../../../orchestrator/ledger/tables.ts'
import { recordPhase } from '../../../orchestrator/programme/adoption.ts'
import { addCost, putHourRate } from '../../../orchestrator/programme/costs.ts'
import { addIdea, voteForIdea } from '../../../orchestrator/programme/ideas.ts'
import { recordPleasure } from '../../../orchestrator/programme/pleasure.ts'
import { planRound } from '../../../orchestrator/programme/rounds.ts'
import { enterTimeUse } from '../../../orchestrator/programme/time-use.ts'
import { addDays } from './local-days.ts'

const TODAY = addDays(0)
const YEAR = Number(TODAY.slice(0, 4))
/** That of today, which the page always shows, and the one before it. */
const ROUNDS = TODAY.slice(5) < '07-01' ? [`${YEAR - 1}-2`, `${YEAR}-1`] : [`${YEAR}-1`, `${YEAR}-2`]
const by = { hospital: 'noord', account: 'programme.noord' } as const
const BOT = 'referral-intake'

/** What a programme office would have written down of a hospital by now, through the functions that it uses. */
export async function seedProgramme(db: LedgerDatabase, deployment: string): Promise<void> {
  for (const [phase, since] of [
    ['idea', '2025-03-01'],
    ['test', '2025-11-01'],
    ['live', '2026-02-01'],
  ] as const)
    await recordPhase(db, { ...by, bot: BOT, phase, since }, TODAY)
  for (const [place, bot] of [BOT, 'insurance-check'].entries())
    await planRound(db, { ...by, bot, round: ROUNDS[place] ?? '', planned: true })
  const told = 'Elke ochtend worden uitslagen overgetypt in een tweede scherm.'
  const idea = { ...by, title: 'Uitslagen doorsturen', explanation: told, department: 'Cardiologie' }
  const id = await addIdea(db, { ...idea, activity: 'diagnostics' })
  await addIdea(db, { ...idea, title: 'Roosters controleren', explanation: '', activity: 'personnel' })
  await voteForIdea(db, {
    hospital: 'noord',
    idea: id,
    account: 'it.noord',
    reach: 4,
    minutes: 3,
    feasibility: 5,
  })
  await seedMeasured(db, deployment)
}

async function seedMeasured(db: LedgerDatabase, deployment: string): Promise<void> {
  const score = { ...by, department: 'Polikliniek', bot: BOT }
  await recordPleasure(
    db,
    { ...score, moment: 'before', measuredOn: '2025-12-01', respondents: 18, score: '5.8' },
    TODAY,
  )
  await recordPleasure(
    db,
    { ...score, moment: 'after', measuredOn: '2026-06-01', respondents: 4, score: '7.9' },
    TODAY,
  )
  await addCost(
    db,
    { ...by, bot: null, year: YEAR, kind: 'hosting', euros: '1250.50', note: 'Servers' },
    TODAY,
  )
  const rate = { ...by, deployment, functionGroup: 'Functiegroep 35', euros: '41.10' }
  await putHourRate(db, { ...rate, validFrom: `${YEAR}-01-01` }, TODAY)
  const shares = [
    { activity: 'reporting', share: '0.2400' },
    { activity: 'planning', share: '0.0850' },
  ] as const
  const groups = [{ name: 'Polikliniek', hours: '52000', shares }]
  await enterTimeUse(db, { ...by, year: YEAR, source: 'Tijdmeting van twee weken', groups }, TODAY)
}
