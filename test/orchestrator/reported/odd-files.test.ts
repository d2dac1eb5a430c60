import { expect, test } from 'vitest'
import { readReportedCsv } from '../../../orchestrator/reported/read-reported-csv.ts'
import { reportItems } from '../../../orchestrator/reported/report-items.ts'
import { failureOf } from '../programme/programme-ledger.ts'
import { openImportLedger, REPORTING, rowsOf } from './import-ledger.ts'

test.each(['\uFEFF', ''])(
  'a file from a spreadsheet is read: semicolons, CRLF, quotes, with %j before it',
  (mark) => {
    const text = `${mark}deployment;reference;variant;outcome;completedAt;humanMinutes\r\noost-invoices;"F;""1""";plain;done;2026-03-31T10:00:00Z;2,5\r\n`
    expect(readReportedCsv(Buffer.from(text))).toMatchObject([
      { row: { reference: 'F;"1"', humanMinutes: 2.5 } },
    ])
  },
)

const HEAD = 'deployment,reference,variant,outcome,completedAt,humanMinutes'
/** One row that is divided by this mark, with these minutes. */
const divided = (mark: string, minutes: string) =>
  Buffer.from(
    [HEAD, `oost-invoices,F-1,plain,done,2026-03-31T10:00:00Z,${minutes}`]
      .join('\n')
      .replaceAll(',', mark)
      .replaceAll('~', ','),
  )

test.each([
  [';', '1.440'],
  [';', '-1.440'],
  ['\t', '1.440'],
  ['\t', '1~440'],
  [',', '"1~440"'],
])('divided by %j, nobody can tell what %j minutes are: refused', (mark, minutes) => {
  expect(() => readReportedCsv(divided(mark, minutes))).toThrow(
    'row 2: field humanMinutes has three digits after a point or a comma, which are thousands or decimals',
  )
})

test.each([
  [';', '1~440', 1.44],
  [';', '0.125', 0.125],
  [';', '1.44', 1.44],
  [',', '1.440', 1.44],
  [',', '"1~44"', 1.44],
])('divided by %j, %j minutes are %d', (mark, minutes, humanMinutes) => {
  expect(readReportedCsv(divided(mark, minutes))).toMatchObject([{ row: { humanMinutes } }])
})

test.each([
  ['UTF-16 with its mark', Buffer.from(`\uFEFF${HEAD}`, 'utf16le')],
  ['UTF-16 the other way round', Buffer.from(`\uFEFF${HEAD}`, 'utf16le').swap16()],
  ['UTF-16 without', Buffer.from(HEAD, 'utf16le')],
  ['sep=', Buffer.from(`sep=;\r\n${HEAD.replaceAll(',', ';')}`)],
  ['sep= with a mark', Buffer.from(`\uFEFF"sep=;"\r\n${HEAD.replaceAll(',', ';')}`)],
])('a file with %s is refused with how to save it', (_what, file) => {
  expect(() => readReportedCsv(file)).toThrow('save the list as "CSV UTF-8"')
})

test('decimal commas that divide cells too show in what is left out', async () => {
  await using ledger = await openImportLedger()
  const lines = [1, 2, 3, 4].map((n) => `oost-invoices,F-${n},plain,done,2026-03-02T10:00:00Z,2,5`)
  expect(await reportItems(ledger.db, rowsOf(...lines), REPORTING)).toMatchObject({ taken: 4, leftOut: 3 })
  const others = rowsOf('oost-invoices,F-5,plain,done,2026-03-02T10:00:00Z,2,')
  expect(await reportItems(ledger.db, others, REPORTING)).toMatchObject({ taken: 1, leftOut: 0 })
})

test('no error repeats what stands in a file, which may be of a patient', async () => {
  const withoutHead = Buffer.from('oost-invoices,123456782 De Vries,plain,done,2026-03-31T10:00:00Z\r\n')
  expect(() => readReportedCsv(withoutHead)).toThrow('what stands in place 1, 2, 3, 4, 5 is none of them')
  await using ledger = await openImportLedger()
  const swapped = rowsOf('123456782,oost-invoices,plain,done,2026-03-31T10:00:00Z,,')
  const { message } = await failureOf(reportItems(ledger.db, swapped, REPORTING))
  expect(message).toContain('row 2: field deployment')
  expect(message).not.toContain('123456782')
})

test('a year of long ago is refused, also of what counts for nothing, and a character that cannot be kept is replaced', async () => {
  expect(() => rowsOf('oost-invoices,F-1,plain,nothing,0026-03-31T10:00:00Z,,')).toThrow(
    'row 2: field completedAt must be in the year 2000 or later',
  )
  await using ledger = await openImportLedger()
  await reportItems(ledger.db, rowsOf('oost-invoices,F\0-1,plain,done,2026-03-31T10:00:00Z,,'), REPORTING)
  expect(
    (await ledger.db.selectFrom('item').select('reference').execute()).map(({ reference }) => reference),
  ).toEqual(['F\uFFFD-1'])
})

test('the same a second time is refused with one sentence that names the first', async () => {
  await using ledger = await openImportLedger()
  const file = Buffer.from(
    `deployment,reference,variant,outcome,completedAt\r\noost-invoices,F-1,plain,done,2026-03-31T10:00:00Z`,
  )
  const take = () => reportItems(ledger.db, readReportedCsv(file), { ...REPORTING, file })
  const { imports } = await take()
  const again = await failureOf(take())
  expect(again).toMatchObject({ code: 'import-known' })
  expect(again.message).toContain(`The same was taken in already, as import ${imports[0]?.id} on `)
})

test('a file with more wrong rows than can be told is refused with how many more there are', async () => {
  await using ledger = await openImportLedger()
  const lines = Array.from({ length: 150_000 }, (_, n) => ({
    number: n + 2,
    row: {
      ...{ deployment: 'oost-invoices', reference: `F-${n}`, variant: 'ander', outcome: 'done' as const },
      completedAt: new Date('2026-03-31T10:00:00Z'),
    },
  }))
  const { message } = await failureOf(reportItems(ledger.db, lines, REPORTING))
  expect(message).toContain('row 2: field variant: has no baseline on 2026-03-31')
  expect(message).toContain('and 149980 more')
})
