import { expect, test } from 'vitest'
import { bots } from '../../../bots/index.ts'
import { applyConfig } from '../../../orchestrator/config-file/apply-config.ts'
import { configText, exportConfig } from '../../../orchestrator/config-file/export-config.ts'
import { readConfigFile } from '../../../orchestrator/config-file/read-config.ts'
import { openBench, type Bench } from '../work/bench.ts'

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
        baselines:
          - { variant: factuur, minutes: 6, method: estimate, measuredBy: ada, measuredOn: 2026-01-12, validFrom: 2026-01-12, remeasureOn: 2027-01-12 }
      - id: west-herinneren
        mode: live
        bot: facturen-herinneren
        activity: finance
        responsible: ada
        baselines:
          - { variant: brief, minutes: 3, method: estimate, measuredBy: ada, measuredOn: 2026-01-12, validFrom: 2026-01-12, validUntil: 2026-02-01, remeasureOn: 2027-01-12 }
    chains:
      - name: keten
        baselineDeployment: west-facturen
        baselineVariant: factuur
        validFrom: 2026-03-01
        parts:
          - { deployment: west-facturen, variant: factuur, share: 0.4 }
          - { deployment: west-herinneren, variant: brief, share: 0.6 }
`

const apply = async (bench: Bench, text: string, dryRun = false) =>
  await applyConfig(bench.db, readConfigFile(text), { bots, account: 'ada', today: TODAY, dryRun })

async function opened(): Promise<Bench> {
  const bench = await openBench()
  expect(await apply(bench, FILE)).toMatchObject({ uncounted: [] })
  const count = {
    day: '2026-11-20',
    outcome: 'done',
    items: 14,
    counting: 14,
    shares: '14',
    human_seconds: 0,
  }
  await bench.db
    .insertInto('day_count')
    .values({ ...count, deployment: 'west-herinneren', variant: 'brief' })
    .execute()
  return bench
}

const exported = async (bench: Bench) => configText(await exportConfig(bench.db, 'west'))

test('a file that ends a baseline ends it, and tells what counts nothing then, also when it only tries', async () => {
  await using bench = await opened()
  const days = 'validFrom: 2026-01-12'
  const ends = FILE.replace(days, `${days}, validUntil: 2026-12-01`)
  const lost = { from: '2026-12-01', until: null, days: 28 }
  const uncounted = [
    { deployment: 'west-facturen', variant: 'factuur', ...lost, items: 0 },
    { deployment: 'west-herinneren', variant: 'brief', ...lost, items: 14 },
  ]
  const trial = await apply(bench, ends, true)
  expect(trial).toMatchObject({ changes: [{ what: 'deployment', subject: 'west-facturen' }], uncounted })
  expect(await exported(bench)).not.toContain('2026-12-01')
  expect(await apply(bench, ends)).toEqual(trial)
  expect(await exported(bench)).toContain('validUntil: 2026-12-01')
  expect(await apply(bench, ends)).toEqual({ changes: [], uncounted: [] })
  expect(await apply(bench, await exported(bench))).toEqual({ changes: [], uncounted: [] })
})

test('a file that closes a chain closes it, and tells which part has no baseline of its own', async () => {
  await using bench = await opened()
  const days = 'validFrom: 2026-03-01'
  const closes = FILE.replace(days, `${days}\n        validUntil: 2026-12-01`)
  expect(await apply(bench, closes)).toMatchObject({
    changes: [{ what: 'chain', subject: 'keten' }],
    uncounted: [{ deployment: 'west-herinneren', variant: 'brief', from: '2026-12-01', items: 14 }],
  })
  expect(await bench.db.selectFrom('chain').select(['name', 'valid_until']).execute()).toEqual([
    { name: 'keten', valid_until: '2026-12-01' },
  ])
  expect(await apply(bench, closes)).toEqual({ changes: [], uncounted: [] })
})

test('a file that gives another baseline from that day on has nothing to tell', async () => {
  await using bench = await opened()
  const line = '          - { variant: factuur, minutes: 6, '
  const next = FILE.replace('validFrom: 2026-01-12', 'validFrom: 2026-12-01')
  const added = next.split('\n').find((each) => each.startsWith(line)) ?? ''
  const both = FILE.replace(line, `${added.replace('minutes: 6', 'minutes: 5')}\n${line}`)
  const ends = both.replace(/(minutes: 6, .*validFrom: 2026-01-12)/, '$1, validUntil: 2026-12-01')
  expect(await apply(bench, ends)).toMatchObject({ changes: [{ what: 'deployment' }], uncounted: [] })
  expect(await apply(bench, await exported(bench))).toEqual({ changes: [], uncounted: [] })
})
