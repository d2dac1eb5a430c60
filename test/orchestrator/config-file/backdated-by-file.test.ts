import { expect, test } from 'vitest'
import { bots } from '../../../bots/index.ts'
import { applyConfig } from '../../../orchestrator/config-file/apply-config.ts'
import { configText, exportConfig } from '../../../orchestrator/config-file/export-config.ts'
import { readConfigFile } from '../../../orchestrator/config-file/read-config.ts'
import { openBench, type Bench } from '../work/bench.ts'

const measured = (validFrom: string, rest = '') =>
  `{ variant: brief, minutes: 3, method: estimate, measuredBy: ada, measuredOn: 2026-06-01, validFrom: ${validFrom}, remeasureOn: 2027-06-01${rest} }`

const file = (...baselines: readonly string[]) => `
ontregel: 1
hospitals:
  - id: west
    name: Ziekenhuis West
    deployments:
      - id: west-herinneren
        mode: live
        bot: facturen-herinneren
        activity: finance
        responsible: ada
        baselines: [${baselines.join(', ')}]
`

const apply = async (bench: Bench, text: string) =>
  await applyConfig(bench.db, readConfigFile(text), {
    bots,
    account: 'ada',
    today: '2026-11-21',
    dryRun: false,
  })

test('a file leaves items without a baseline only where it says so', async () => {
  await using bench = await openBench()
  await apply(bench, file(measured('2026-01-01', ', validUntil: 2026-03-01')))
  const count = { day: '2026-04-10', outcome: 'done', items: 7, counting: 7, shares: '7', human_seconds: 0 }
  await bench.db
    .insertInto('day_count')
    .values({ ...count, deployment: 'west-herinneren', variant: 'brief' })
    .execute()
  const added = (rest = '') =>
    file(measured('2026-01-01', ', validUntil: 2026-03-01'), measured('2026-06-01', rest))
  await expect(apply(bench, added())).rejects.toThrow(
    /deployments\[0\].validFrom: 7 items from 2026-04-10 on have no baseline .* \(leavingGap: true\)/,
  )
  expect(await apply(bench, added(', leavingGap: true'))).toMatchObject({ changes: [{ what: 'deployment' }] })
  for (const same of [added(', leavingGap: true'), added()])
    expect(await apply(bench, same)).toEqual({ changes: [], uncounted: [] })
})

test('a file prices what was counted before the measuring only where it says so, and is exported as it stands', async () => {
  await using bench = await openBench()
  await apply(bench, file(measured('2026-05-01')))
  const count = { day: '2026-04-10', outcome: 'done', items: 7, counting: 7, shares: '7', human_seconds: 0 }
  await bench.db
    .insertInto('day_count')
    .values({ ...count, deployment: 'west-herinneren', variant: 'brief' })
    .execute()
  const added = (rest = '') => file(measured('2026-04-01', rest), measured('2026-05-01'))
  await expect(apply(bench, added())).rejects.toThrow(
    'hospitals[0].deployments[0].validFrom: 7 items from 2026-04-10 on were counted before it was measured on 2026-06-01',
  )
  await expect(apply(bench, added(', backdated: maybe'))).rejects.toThrow('backdated: write true or false')
  await apply(bench, added(', backdated: true'))
  const exported = configText(await exportConfig(bench.db, 'west'))
  expect(exported.match(/backdated: true/g)).toHaveLength(1)
  // Where changing what is live takes two accounts, a file that changes nothing still needs none.
  const fourEyes = (text: string) =>
    text.replace(/\n +fourEyes: false/, '').replace(/(name: Ziekenhuis West)/, '$1\n    fourEyes: true')
  await apply(bench, fourEyes(exported))
  for (const same of [exported, added(), added(', backdated: true')])
    expect(await apply(bench, fourEyes(same))).toEqual({ changes: [], uncounted: [] })
})
