import { randomBytes } from 'node:crypto'
import { expect, test, vi } from 'vitest'
import { bots } from '../../../bots/index.ts'
import { createLog } from '../../../connectors/log.ts'
import { applyConfig } from '../../../orchestrator/config-file/apply-config.ts'
import { configText, exportConfig } from '../../../orchestrator/config-file/export-config.ts'
import { readConfigFile } from '../../../orchestrator/config-file/read-config.ts'
import { addItems } from '../../../orchestrator/ledger/items.ts'
import { openDoorbell } from '../../../orchestrator/queue/open-doorbell.ts'
import { readReportedCsv } from '../../../orchestrator/reported/read-reported-csv.ts'
import { reportItems } from '../../../orchestrator/reported/report-items.ts'
import { readReporting } from '../../../orchestrator/reported/reporting-deployments.ts'
import { noteActivities } from '../../../orchestrator/savings/activities.ts'
import { recount } from '../../../orchestrator/savings/recount.ts'
import { readSavings } from '../../../orchestrator/savings/report.ts'
import { secretBox } from '../../../orchestrator/secrets/secret-box.ts'
import { sweep } from '../../../orchestrator/work/sweeper.ts'
import { systemClock } from '../../../orchestrator/work/system-clock.ts'
import { startWorker } from '../../../orchestrator/work/worker.ts'
import { openBench, timing, type Bench } from '../work/bench.ts'

const TODAY = '2026-11-21'

const FILE = `
ontregel: 1
hospitals:
  - id: west
    name: Ziekenhuis West
    deployments:
      - id: west-facturen
        mode: live
        bot: facturen-boeken
        activity: finance
        responsible: ada
        outsideSeconds: 120
        parkedShare: 0.5
        baselines:
          - { variant: factuur, minutes: 6, method: estimate, measuredBy: ada, measuredOn: 2026-01-12, validFrom: 2026-01-12, remeasureOn: 2027-01-12 }
`

const ITEMS = [
  'deployment,reference,variant,outcome,completedAt',
  'west-facturen,F-1,factuur,done,2026-03-02T10:00:00+01:00',
  'west-facturen,F-2,factuur,done,2026-03-02T10:05:00+01:00',
  'west-facturen,F-3,factuur,by-hand,2026-03-02T10:10:00+01:00',
].join('\n')

const apply = async (bench: Bench, text: string) =>
  (await applyConfig(bench.db, readConfigFile(text), { bots, account: 'ada', today: TODAY, dryRun: false }))
    .changes

const report = (bench: Bench) =>
  reportItems(bench.db, readReportedCsv(Buffer.from(ITEMS)), {
    ...{ hospitals: ['west'], account: 'robot-9', now: new Date('2026-11-21T12:00:00Z') },
  })

test('a robot of another make is set up from a file alone; what it reports counts for its activity', async () => {
  await using bench = await openBench()
  await noteActivities(bench.db, bots.values())
  await apply(bench, FILE)
  expect(await readReporting(bench.db, 'west', [...bots.keys()])).toMatchObject([
    { id: 'west-facturen', bot: 'facturen-boeken', mode: 'live', responsible: 'ada', variants: ['factuur'] },
  ])
  expect(await report(bench)).toMatchObject({ taken: 3 })
  const question = { from: '2026-03-01', to: '2026-03-31', today: TODAY, hospital: 'west' }
  const { hospitals } = await readSavings(bench.db, question)
  // Gross 2 × 6 + 0.5 × 6; a person spent the fixed 2 minutes on the third.
  expect(hospitals[0]?.deployments).toMatchObject([
    { activity: 'finance', minutes: { gross: 15, human: 2, net: 13 }, items: { done: 2, 'by-hand': 1 } },
  ])
  expect(await recount(bench.db, { from: '2026-03-01', to: '2026-03-31' })).toEqual([])
})

test('what is exported of it, applied again, changes nothing; another activity is refused', async () => {
  await using bench = await openBench()
  await noteActivities(bench.db, bots.values())
  await apply(bench, FILE)
  const text = configText(await exportConfig(bench.db, 'west'))
  expect(text).toContain('activity: finance')
  expect(await apply(bench, text)).toEqual([])
  await expect(apply(bench, FILE.replace('activity: finance', 'activity: planning'))).rejects.toThrow(
    /deployments\[0\].activity: "west-facturen" counts for finance/,
  )
})

test('nothing of it is ever claimed, and no sweep complains of it', async () => {
  await using bench = await openBench()
  await apply(bench, FILE)
  await report(bench)
  const lines: string[] = []
  const log = createLog('info', (line) => lines.push(line))
  const doorbell = await openDoorbell({ databaseUrl: bench.url, schema: 'bullmq', onError: () => undefined })
  const { db } = bench
  const worker = await startWorker({
    ...{ db, doorbell, bots, log, timing, concurrency: 1, clock: systemClock },
    secrets: secretBox(randomBytes(32)),
    opener: { open: () => Promise.reject(new Error('None.')), close: () => Promise.resolve() },
  })
  const complaints = () => lines.filter((line) => /"level":(40|50|60)|west-facturen/.test(line))
  const sweepOnce = () => sweep({ db, doorbell, log, timing, now: () => new Date(), today: () => TODAY })
  try {
    for (let turn = 0; turn < 3; turn += 1) await sweepOnce()
    expect(complaints()).toEqual([])
    // The twin: work that does wait there is rung for and complained of, so the silence before was not for want of ears.
    const arrival = { hospital: 'west', deployment: 'west-facturen', run: null }
    await addItems(db, arrival, [{ reference: 'F-4', caseReference: 'F-4', data: {} }])
    await sweepOnce()
    await vi.waitFor(() => expect(complaints().join()).toContain('its bot is not in this version'), 20_000)
    expect(complaints()).toHaveLength(1)
  } finally {
    await worker.close()
    await doorbell.close()
  }
  const items = await db.selectFrom('item').select(['state', 'attempt']).orderBy('reference').execute()
  const reported = Array(3).fill(['done', 0])
  expect(items.map(({ state, attempt }) => [state, attempt])).toEqual([...reported, ['queued', 0]])
})

test.each([
  [
    'no activity',
    FILE.replace('        activity: finance\n', ''),
    /deployments\[0\].bot: Robot "facturen-boeken" is not in this version/,
  ],
  [
    'no baseline',
    FILE.slice(0, FILE.indexOf('        baselines')),
    /deployments\[0\].baselines: what is reported needs a baseline/,
  ],
  [
    'nobody responsible',
    FILE.replace('        responsible: ada\n', ''),
    /deployments\[0\].responsible: choose who is responsible/,
  ],
  [
    'a schedule',
    FILE.replace(
      '        baselines',
      '        triggers: [{ kind: schedule, id: x, cron: "0 7 * * *" }]\n        baselines',
    ),
    /deployments\[0\].triggers: a robot that only reports has none/,
  ],
  [
    'an activity that is none',
    FILE.replace('finance', 'boekhouding'),
    /deployments\[0\].activity: write one of diagnostics/,
  ],
  [
    'a name with spaces',
    FILE.replace('facturen-boeken', 'Facturen boeken'),
    /deployments\[0\].bot: write small letters/,
  ],
  [
    'an activity for a robot of the catalogue',
    FILE.replace('facturen-boeken', 'insurance-check'),
    /deployments\[0\].activity: "insurance-check" is in the catalogue/,
  ],
])('%s is refused, and nothing is kept', async (_what, text, expected) => {
  await using bench = await openBench()
  await expect(apply(bench, text)).rejects.toThrow(expected)
  expect(await readReporting(bench.db, 'west', [])).toEqual([])
})
