import { recordPhase } from '../../../orchestrator/programme/adoption.ts'
import { signRealised } from '../../../orchestrator/savings/realised.ts'
import { openSeededReport } from './seeded-report.ts'

/** The seeded report with items without baseline, a case that is counted elsewhere, a backlog, signed hours, and more phases. */
export async function openFullerReport(): ReturnType<typeof openSeededReport> {
  const report = await openSeededReport()
  const day = { deployment: 'oost-check', day: '2026-03-30', outcome: 'done', human_seconds: 0 }
  const items = (number: number) => ({ items: number, counting: number, shares: `${number}.0000` })
  await report.db
    .insertInto('day_count')
    .values([
      { ...day, variant: 'unmeasured', ...items(1234) },
      { ...day, variant: 'plain', kind: 'left-out', ...items(9) },
      { ...day, variant: 'plain', kind: 'one-off', ...items(60) },
    ])
    .execute()
  const signed = { hospital: 'oost', purpose: 'more-care', department: 'Front office', hours: 10.5 } as const
  const by = { account: 'account-1', today: '2026-04-01' }
  const days = { from: '2026-01-01', to: '2026-03-31', signedName: 'Head of department' }
  await signRealised(report.db, by, { ...signed, ...days })
  const phases = [
    { hospital: 'oost', bot: 'referral-intake', phase: 'idea', since: '2025-06-01' },
    { hospital: 'west', bot: 'deceased-appointments', phase: 'concept', since: '2026-02-01' },
  ] as const
  for (const phase of phases) await recordPhase(report.db, { ...phase, account: 'account-1' }, by.today)
  return report
}
