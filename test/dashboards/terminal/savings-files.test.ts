import { readFile, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { localDate } from '../../../orchestrator/triggers/calendar.ts'
import { readWorkbook } from '../reports/read-workbook.ts'
import { openCommandLine, type CommandLine } from './run-cli.ts'
import { openSmallLedger, type SmallLedger } from './small-ledger.ts'

let ledger: SmallLedger
let line: CommandLine
const today = localDate(new Date(), 'Europe/Amsterdam')

beforeAll(async () => {
  ledger = await openSmallLedger()
  line = await openCommandLine(ledger.url)
})

afterAll(async () => {
  await line[Symbol.asyncDispose]()
  await ledger[Symbol.asyncDispose]()
})

const period = ['--from', today, '--to', today] as const

test('savings are written as an Excel file, a PDF and a CSV of counts, in the language that was asked for', async () => {
  const xlsx = join(line.home, 'savings.xlsx')
  const written = await line.run([
    'savings',
    ...period,
    '--format',
    'xlsx',
    '--language',
    'en',
    '--out',
    xlsx,
  ])
  expect(written).toMatchObject({ code: 0, out: `Written to ${xlsx}.\n` })
  const sheets = readWorkbook(await readFile(xlsx))
  expect(sheets.get('Deployments')?.[1]?.[1]).toBe('oost-referral-intake')
  const pdf = join(line.home, 'savings.pdf')
  expect((await line.run(['savings', ...period, '--format', 'pdf', '--out', pdf])).code).toBe(0)
  expect((await readFile(pdf)).subarray(0, 5).toString()).toBe('%PDF-')
  const counts = await line.run(['savings', ...period, '--format', 'csv-counts'])
  expect(counts.out).toMatch(/^from,until,hospital,deployment,day,/)
  expect(counts.out).toContain(`oost-referral-intake,${today},`)
  const unknown = await line.run(['savings', ...period, '--format', 'pdf', '--hospital', 'west'])
  expect(unknown.code).not.toBe(0)
  expect(unknown.err).toContain('Field hospital')
})

test('every form goes to the file that --out names, and what cannot be done is refused with the remedy', async () => {
  const out = join(line.home, 'figures')
  for (const [format, begin] of [
    ['table', 'Savings from'],
    ['json', '{\n'],
    ['csv', 'from,until,hospital,'],
    ['csv-counts', 'from,until,hospital,'],
  ] as const) {
    const ask = ['savings', ...period, '--format', format]
    expect(await line.run([...ask, '--out', out])).toMatchObject({ code: 0, out: `Written to ${out}.\n` })
    expect((await readFile(out, 'utf8')).startsWith(begin)).toBe(true)
    const foreign = await line.run([...ask, '--language', 'nl'])
    expect(foreign.code).toBe(2)
    expect(foreign.err).toContain('--language is for --format xlsx and pdf')
  }
  const nowhere = join(line.home, 'none', 'figures')
  for (const format of ['csv', 'xlsx']) {
    const { code, err } = await line.run(['savings', ...period, '--format', format, '--out', nowhere])
    expect(code).toBe(1)
    expect(err).toContain(`cannot be written. Give the name of a file, in a folder that is there`)
    expect(err).toContain(`would stand in ${join(line.home, 'none')}.`)
  }
  const config = await line.run(['config', 'export', '--out', nowhere])
  expect(config.err).toContain('Option --out')
  const unknown = await line.run(['savings', 'imports', '--hospital', 'zzz'])
  expect([unknown.code, unknown.out]).toEqual([1, ''])
  expect(unknown.err).toContain('Field hospital: there is no hospital "zzz"')
})

test('items of another robot are taken in as a whole, or refused with their rows', async () => {
  const file = join(line.home, 'reported.csv')
  const head = 'deployment,reference,variant,outcome,completedAt'
  const row = (reference: string) =>
    `oost-referral-intake,${reference},known-patient,done,${new Date().toISOString()}`
  await writeFile(
    file,
    [head, row('X-1'), row('X-2'), 'oost-referral-intake,X-3,known-patient,klaar,gisteren'].join('\n'),
  )
  const refused = await line.run(['savings', 'import', file, '--account', 'ada'])
  expect(refused.code).toBe(1)
  expect(refused.err).toContain('row 4: field outcome')
  expect(refused.err).toContain('row 4: field completedAt')
  await writeFile(file, [head, row('X-1'), row('X-2')].join('\n'))
  expect(await line.run(['savings', 'import', file, '--account', 'ada'])).toMatchObject({
    code: 0,
    out: 'Took in 2 items: import 1 of oost.\n',
  })
  expect((await line.run(['savings', 'import', file, '--account', 'ada'])).err).toContain(
    'was taken in already, as import 1',
  )
  const recount = await line.run(['savings', 'recount', ...period])
  expect(recount.out).toContain('nothing differs')
  expect(
    (await line.run(['savings', 'import', join(line.home, 'none.csv'), '--account', 'ada'])).err,
  ).toContain('cannot be read')
})
