import { readReportContent, type ReportContent } from '../../../dashboards/reports/report-content.ts'
import { putDeployment, putHospital, type BaselineSetup } from '../../../orchestrator/ledger/setup.ts'
import type { LedgerDatabase } from '../../../orchestrator/ledger/tables.ts'
import { noteActivities } from '../../../orchestrator/savings/activities.ts'
import { bots } from '../../../bots/index.ts'
import { recordPhase } from '../../../orchestrator/programme/adoption.ts'
import { openTestLedger, type TestLedger } from '../../orchestrator/savings/test-ledger.ts'

export const PERIOD = { from: '2026-01-01', to: '2026-03-31', today: '2026-03-31' } as const

const timed: BaselineSetup = {
  ...{ variant: 'plain', minutes: 6.125, method: 'stopwatch', n: 25, spreadMinutes: 1.5 },
  ...{
    measuredBy: 'account-1',
    measuredOn: '2025-01-01',
    validFrom: '2025-01-01',
    remeasureOn: '2030-01-01',
  },
}

const counted = [
  ['oost-intake', '2026-01-12', 'plain', 'done', 400],
  ['oost-intake', '2026-02-03', 'long', 'done', 55],
  ['oost-intake', '2026-02-03', '', 'parked', 21],
  ['oost-check', '2026-03-30', 'plain', 'done', 1000],
  ['west-intake', '2026-03-02', 'plain', 'done', 7],
  ['west-check', '2026-03-02', 'plain', 'done', 4],
] as const

/** Two hospitals with four deployments of which one has a name that a spreadsheet might run. */
export async function openSeededReport(): Promise<
  TestLedger & { readonly read: (seesItemsOf?: readonly string[]) => Promise<ReportContent> }
> {
  const ledger = await openTestLedger()
  const { db } = ledger
  await noteActivities(db, bots.values())
  const norm = { validFrom: '2020-01-01', name: 'planning', hoursPerYear: 1440 }
  await putHospital(db, { id: 'oost', name: '=HYPERLINK("x")<b>Oost</b>', norms: [norm] })
  await putHospital(db, { id: 'west', name: 'West', norms: [{ ...norm, hoursPerYear: 1363 }] })
  const deploy = async (id: string, hospital: string, bot: string, baselines: readonly BaselineSetup[]) =>
    await putDeployment(db, {
      ...{ id, hospital, bot, mode: 'live', settings: {}, systems: {}, responsible: 'account-1' },
      ...{ outsideSeconds: 0, parkedShare: 0, triggers: [], baselines },
    })
  await deploy('oost-intake', 'oost', 'referral-intake', [
    timed,
    { ...timed, variant: 'long', minutes: 11.25 },
  ])
  await deploy('oost-check', 'oost', 'insurance-check', [{ ...timed, minutes: 2.333 }])
  await deploy('west-intake', 'west', 'referral-intake', [timed])
  await deploy('west-check', 'west', 'insurance-check', [timed])
  await count(db)
  const lead = { deployment: 'oost-intake', day: '2026-02-03' }
  await db
    .insertInto('lead_time')
    .values({ ...lead, items: 30 + 10, seconds: String(216_000 + 1_728_000), within_a_day: 30 })
    .execute()
  const phase = { hospital: 'oost', bot: 'referral-intake', phase: 'live', since: '2026-01-10' } as const
  await recordPhase(db, { ...phase, account: 'account-1' }, PERIOD.today)
  const hospitals = ['oost', 'west']
  return {
    ...ledger,
    read: (seesItemsOf = hospitals) =>
      readReportContent(db, { ...PERIOD, hospitals, seesItemsOf, lists: true }),
  }
}

/** West’s intake is done by a robot of another make. */
async function count(db: LedgerDatabase): Promise<void> {
  await db.updateTable('deployment').set({ reported: true }).where('id', '=', 'west-intake').execute()
  for (const [deployment, day, variant, outcome, items] of counted) {
    const done = outcome === 'done'
    const human = { human_seconds: done ? 0 : items * 90 }
    const shares = { shares: done ? `${items}.0000` : '0', counting: done ? items : 0 }
    await db
      .insertInto('day_count')
      .values({ deployment, day, variant, outcome, items, ...shares, ...human })
      .execute()
  }
}
