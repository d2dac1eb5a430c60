import { expect, test } from 'vitest'
import { bots } from '../../../bots/index.ts'
import { applyConfig } from '../../../orchestrator/config-file/apply-config.ts'
import { readConfigFile } from '../../../orchestrator/config-file/read-config.ts'
import { openBench } from '../work/bench.ts'

const HEAD = 'ontregel: 1\nhospitals:\n  - id: west\n    name: Ziekenhuis West\n'

test.each([
  [
    'norms',
    '{ validFrom: 1999-01-01, name: planning, hoursPerYear: 1440 }',
    'validFrom: 1999-01-01 is not a day from',
  ],
  [
    'norms',
    '{ validFrom: 2027-11-23, name: planning, hoursPerYear: 1440 }',
    'validFrom: 2027-11-23 is more than a year',
  ],
  [
    'closingDays',
    '{ day: 9999-12-24, name: Brugdag }',
    'day: 9999-12-24 is not a day from 2000-01-01 to 2099-12-31',
  ],
])(
  'a file with a day whose year is mistyped is refused under its place: %s %s',
  async (part, entry, sentence) => {
    await using bench = await openBench()
    const file = readConfigFile(`${HEAD}    ${part}: [${entry}]\n`)
    const applying = applyConfig(bench.db, file, { bots, account: 'ada', today: '2026-11-21', dryRun: false })
    await expect(applying).rejects.toThrow(`hospitals[0].${part}[0].${sentence}`)
  },
)
