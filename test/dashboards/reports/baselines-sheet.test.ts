import { expect, test } from 'vitest'
import { savingsWorkbook } from '../../../dashboards/reports/savings-workbook.ts'
import { addChain } from '../../../orchestrator/savings/chains.ts'
import { openFullerReport } from './fuller-report.ts'
import { readWorkbook } from './read-workbook.ts'
import { evaluate } from './sheet-formulas.ts'

const BY = { account: 'account-1', today: '2026-03-31' } as const
const DAY = '2026-03-31'

/** The fuller report with a chain, a variant that its robot knows, and an estimate that has ended. */
async function openWithBaselines() {
  const report = await openFullerReport()
  const { db } = report
  const known = { deployment: 'oost-check', variant: 'first-check' }
  const days = { measured_on: '2025-11-01', valid_from: '2025-12-01', remeasure_on: '2026-12-01' }
  const guessed = {
    method: 'estimate',
    n: null,
    spread_minutes: null,
    measured_by: 'head of the desk',
  } as const
  await db
    .insertInto('baseline')
    .values({ ...known, ...days, ...guessed, minutes: '4.500', valid_until: '2026-04-01' })
    .execute()
  const part = { variant: 'plain' }
  await addChain(db, BY, {
    ...{ hospital: 'oost', name: 'From referral to check', validFrom: DAY },
    ...{ baselineDeployment: 'oost-intake', baselineVariant: 'plain' },
    parts: [
      { ...part, deployment: 'oost-intake', share: 0.6 },
      { ...part, deployment: 'oost-check', share: 0.4 },
    ],
  })
  const done = { deployment: 'oost-check', day: DAY, outcome: 'done', human_seconds: 0 }
  const ten = { items: 10, counting: 10, shares: '10.0000' }
  await db
    .insertInto('day_count')
    .values([
      { ...done, ...ten, variant: 'plain' },
      { ...done, ...ten, variant: 'first-check' },
    ])
    .execute()
  return report
}

const WORDS = {
  nl: {
    ...{ sheet: 'Nulmetingen', recompute: 'Narekenen', variant: 'Eerste controle: er stond nog geen polis' },
    ...{ estimate: 'schatting', stopwatch: 'stopwatch', regular: 'gewoon', once: 'eenmalig' },
    ...{ deployments: 'Inzetten', bot: 'Verzekering controleren', activity: 'Financiën' },
    ...{ counts: 'Aantallen per dag', summary: 'Samenvatting', no: 'nee' },
    norms: [
      'Planning: 1.872 min 432 uur voor verlof, ziekte en overleg; productieve uren',
      'planning (norm van het ziekenhuis zelf)',
    ],
  },
  en: {
    ...{ sheet: 'Baselines', recompute: 'Recompute', variant: 'First check: no policy was on file' },
    ...{ estimate: 'estimate', stopwatch: 'stopwatch', regular: 'regular', once: 'one-off' },
    ...{ deployments: 'Deployments', bot: 'Insurance check', activity: 'Finance' },
    ...{ counts: 'Counts by day', summary: 'Summary', no: 'no' },
    norms: [
      'Planning: 1,872 less 432 hours for leave, sickness and meetings; productive hours',
      'planning (norm of the hospital’s own)',
    ],
  },
} as const

test.each(['nl', 'en'] as const)(
  'the sheet of baselines in %s tells how each was measured, its chain, and those of backlogs',
  async (language) => {
    await using ledger = await openWithBaselines()
    const sheets = readWorkbook(await savingsWorkbook(await ledger.read(), language))
    const word = WORDS[language]
    const rows = (sheets.get(word.sheet) ?? []).slice(1)
    const timed = ['2025-01-01', null, 'A', 'account-1', '2025-01-01', '2030-01-01', word.no]
    const own = rows
      .map((row, place) => [
        row[0],
        row[1],
        row[2],
        row[3],
        evaluate(sheets, word.sheet, `E${place + 2}`),
        ...row.slice(5, 19),
      ])
      .filter(([deployment]) => deployment === 'oost-check')
    expect(own).toHaveLength(4)
    expect(own).toContainEqual([
      ...['oost-check', 'plain', 2.333, 1000, 2333, word.stopwatch, 25, 1.5, ...timed],
      ...[null, 1, 'oost-check', word.regular],
    ])
    expect(own).toContainEqual([
      ...['oost-check', 'plain', 6.125, 4, 24.5, word.stopwatch, 25, 1.5, ...timed],
      ...['From referral to check', 0.4, 'oost-intake', word.regular],
    ])
    expect(own).toContainEqual([
      ...['oost-check', word.variant, 4.5, 10, 45, word.estimate, null, null],
      ...['2025-12-01', '2026-04-01', 'C', 'head of the desk', '2025-11-01', '2026-12-01', word.no],
      ...[null, 1, 'oost-check', word.regular],
    ])
    expect(own.at(-1)).toEqual([
      ...['oost-check', 'plain', 2.333, 60, 60 * 2.333, word.stopwatch, 25, 1.5, ...timed],
      ...[null, 1, 'oost-check', word.once],
    ])
    // Those of backlogs come last, so that the sums of regular work do not hold them.
    expect(rows.at(-1)?.at(-1)).toBe(word.once)
    for (const place of [...(sheets.get(word.recompute) ?? []).keys()].slice(1))
      expect(Math.abs(evaluate(sheets, word.recompute, `E${place + 1}`))).toBeLessThan(1e-9)
  },
)

test.each(['nl', 'en'] as const)(
  'the workbook in %s says robots, activities, variants and norms in words',
  async (language) => {
    await using ledger = await openWithBaselines()
    const sheets = readWorkbook(await savingsWorkbook(await ledger.read(), language))
    const word = WORDS[language]
    const check = sheets.get(word.deployments)?.find(([, id]) => id === 'oost-check')
    expect(check?.slice(1, 4)).toEqual(['oost-check', word.bot, word.activity])
    const variants = (sheets.get(word.counts) ?? [])
      .filter(([, id]) => id === 'oost-check')
      .map((row) => row[3])
    expect(variants).toContain(word.variant)
    expect(variants).not.toContain('first-check')
    expect(
      sheets
        .get(word.summary)
        ?.slice(1, 3)
        .map((row) => row[6]),
    ).toEqual(word.norms)
    for (const [name, rows] of sheets)
      for (const code of ['insurance-check', 'finance', 'first-check', 'planning', 'deceased-appointments'])
        expect(rows.flat(), `${code} on ${name}`).not.toContain(code)
  },
)

test('who sees counts only is told of no baseline how often it counted where few items did', async () => {
  await using ledger = await openFullerReport()
  const sheets = readWorkbook(await savingsWorkbook(await ledger.read(['oost']), 'nl'))
  const own = (sheets.get('Nulmetingen') ?? []).map(([deployment]) => String(deployment))
  expect(own).toContain('oost-check')
  expect(own.filter((deployment) => deployment.startsWith('west-'))).toEqual([])
})
