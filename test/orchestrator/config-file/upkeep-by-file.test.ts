import { expect, test } from 'vitest'
import { bots } from '../../../bots/index.ts'
import { applyConfig } from '../../../orchestrator/config-file/apply-config.ts'
import { configText, exportConfig } from '../../../orchestrator/config-file/export-config.ts'
import { readConfigFile } from '../../../orchestrator/config-file/read-config.ts'
import { bookUpkeep, readUpkeep, withdrawUpkeep } from '../../../orchestrator/savings/upkeep.ts'
import { openBench, type Bench } from '../work/bench.ts'

const TODAY = '2026-11-21'

const fileOf = (hospital: string, deployment: string) => `
ontregel: 1
hospitals:
  - id: ${hospital}
    name: Ziekenhuis ${hospital}
    deployments:
      - id: ${hospital}-facturen
        mode: live
        bot: facturen-boeken
        activity: finance
        responsible: ada
        baselines:
          - { variant: factuur, minutes: 6, method: estimate, measuredBy: ada, measuredOn: 2026-01-12, validFrom: 2026-01-12, remeasureOn: 2027-01-12 }
    upkeep:
      - { deployment: ${deployment}, day: 2026-03-31, hours: 2, note: nieuw scherm }
`

const apply = async (bench: Bench, text: string) =>
  await applyConfig(bench.db, readConfigFile(text), { bots, account: 'ada', today: TODAY, dryRun: false })

test('a file of one hospital books no upkeep at another', async () => {
  await using bench = await openBench()
  await apply(bench, fileOf('west', 'west-facturen'))
  const there = await readUpkeep(bench.db, 'west')
  await expect(apply(bench, fileOf('zuid', 'west-facturen'))).rejects.toThrow(
    'there is no deployment "west-facturen" at zuid',
  )
  expect(await readUpkeep(bench.db, 'west')).toEqual(there)
})

test('hours that were withdrawn are not booked again by the file that booked them', async () => {
  await using bench = await openBench()
  const text = fileOf('west', 'west-facturen')
  await apply(bench, text)
  const [booked] = await readUpkeep(bench.db, 'west')
  if (!booked) throw new Error('The file booked nothing.')
  await withdrawUpkeep(bench.db, { account: 'ada', today: TODAY }, { id: booked.id, hospital: 'west' })
  expect(await apply(bench, text)).toMatchObject({ changes: [] })
  expect(await readUpkeep(bench.db, 'west')).toMatchObject([{ id: booked.id, withdrawn: true }])
  // Written down twice, one of them is not there yet.
  const line = text.split('\n').find((each) => each.includes('note:')) ?? ''
  await apply(bench, `${text}${line}\n`)
  const after = await readUpkeep(bench.db, 'west')
  expect(after.map(({ withdrawn }) => withdrawn)).toEqual([false, true])
})

/** The same deployment, years earlier: counting since April 2021, with hours of the two years before and of each since. */
const LONG_AGO = fileOf('west', 'west-facturen').replaceAll('2026-01-12', '2021-04-12')
const DAYS = ['2019-04-12', '2021-04-11', '2022-03-01', '2024-02-29']

test('what was exported sets up a fresh installation, however long ago its hours were booked', async () => {
  await using bench = await openBench()
  await using fresh = await openBench()
  await apply(bench, LONG_AGO)
  for (const day of DAYS) {
    const booked = { deployment: 'west-facturen', day, hours: 1.5, note: 'nieuw scherm' }
    await bookUpkeep(bench.db, { account: 'ada', today: day }, booked)
  }
  const text = configText(await exportConfig(bench.db, 'west'))
  await apply(fresh, text)
  expect(configText(await exportConfig(fresh.db, 'west'))).toBe(text)
  expect((await readUpkeep(fresh.db, 'west')).map(({ day }) => day)).toEqual([
    '2026-03-31',
    ...DAYS.toReversed(),
  ])
})

test.each([
  [
    '2019-04-11',
    '2019-04-11 is more than two years ago (today is 2026-11-21), and more than two before 2021-04-12',
  ],
  ['2026-11-22', '2026-11-22 is still to come'],
])('a file books nothing on %s, which was never recent or is to come', async (day, sentence) => {
  await using bench = await openBench()
  const applying = apply(bench, LONG_AGO.replace('2026-03-31', day))
  await expect(applying).rejects.toThrow(sentence)
  await expect(applying).rejects.toThrow('upkeep[0].day')
})

test('people book on days of the last two years only, whenever the counting began', async () => {
  await using bench = await openBench()
  await apply(bench, LONG_AGO)
  const old = { deployment: 'west-facturen', day: '2024-02-29', hours: 1.5, note: 'nieuw scherm' }
  await expect(bookUpkeep(bench.db, { account: 'ada', today: TODAY }, old)).rejects.toThrow(
    '2024-02-29 is more than two years ago (today is 2026-11-21); correct the year',
  )
})
