import fc from 'fast-check'
import { deflateRawSync } from 'node:zlib'
import { expect, test } from 'vitest'
import writeXlsxFile from 'write-excel-file/node'
import { z } from 'zod'
import { bots } from '../../../../bots/index.ts'
import { defineBot, type Bot } from '../../../../bots/bot.ts'
import { csvRows } from '../../../../orchestrator/triggers/list/csv-rows.ts'
import { itemColumns } from '../../../../orchestrator/triggers/list/item-columns.ts'
import { listRows } from '../../../../orchestrator/triggers/list/list-rows.ts'
import { readItemList } from '../../../../orchestrator/triggers/list/read-list.ts'

const referral = bots.get('referral-intake') as Bot

const rowsOf = (text: string) => csvRows(Buffer.from(text))
const listOf = (text: string) => readItemList(referral, rowsOf(text))

test('a list in a spreadsheet’s CSV becomes items, by field name or title in either language, dates as people write them', () => {
  const { items, errors } = listOf(
    '\uFEFFVERWIJSNUMMER;specialty;Date of the referral\r\nZD-1;Cardiologie;9-3-2026\r\nZD-2;;2026-03-10\r\n',
  )
  expect(errors).toEqual([])
  expect(items).toEqual([
    {
      reference: 'ZD-1',
      caseReference: 'ZD-1',
      data: { referralNumber: 'ZD-1', specialty: 'Cardiologie', referralDate: '2026-03-09' },
    },
    {
      reference: 'ZD-2',
      caseReference: 'ZD-2',
      data: { referralNumber: 'ZD-2', referralDate: '2026-03-10' },
    },
  ])
})

test('each row that is not right is named by its own number, and nothing of it is quoted', () => {
  const { items, errors } = listOf(
    'Verwijsnummer,Verwijsdatum\nZD-1,\nGe heim!,\n\nZD-3,30-02-2026\nZD-1,\nZD-4,,stray\n',
  )
  expect(items).toHaveLength(1)
  expect(errors.map(({ row, code }) => [row, code])).toEqual([
    [3, 'field-invalid'],
    [5, 'field-invalid'],
    [6, 'row-twice'],
    [7, 'row-outside'],
  ])
  expect(JSON.stringify(errors)).not.toContain('Ge heim')
  expect(errors[0]?.sentence).toContain('Field referralNumber')
})

test.each([
  ['an empty file', '', 'no rows'],
  ['only names', 'Verwijsnummer', 'no rows'],
  ['an unknown column', 'Verwijsnummer;BSN\nZD-1;1', 'Column 2 has a name'],
  ['a column twice', 'Verwijsnummer;referralnumber\nZD-1;ZD-1', 'stands in the list twice'],
  [
    'a needed column that is missing',
    'Specialisme\nCardiologie',
    'Verwijsnummer (Referral number) is missing',
  ],
  ['an open quotation mark', 'Verwijsnummer\n"ZD-1', 'Line 2: a cell begins'],
  ['a stray quotation mark', 'Verwijsnummer\nZD"1', 'Line 2: a quotation mark'],
  ['text behind a quotation mark', 'Verwijsnummer\n"ZD"1', 'Line 2: a quotation mark'],
  ['too many rows', `Verwijsnummer\n${'x\n'.repeat(5001)}`, '5000 is the most'],
])('refuses %s, with what to do', (_, text, sentence) => {
  expect(() => listOf(text)).toThrow(sentence)
})

test('quoted cells may hold separators, quotation marks and lines, and rows keep counting lines', () => {
  expect(rowsOf('a;b\r\n"one; ""two""\r\nthree";4\r\nfive;6')).toEqual([
    { number: 1, cells: ['a', 'b'] },
    { number: 2, cells: ['one; "two"\r\nthree', '4'] },
    { number: 4, cells: ['five', '6'] },
  ])
})

test('whatever is written between quotation marks is read back as it was', () => {
  const cell = fc.string({ unit: 'grapheme' }).filter((text) => text.isWellFormed())
  fc.assert(
    fc.property(
      fc.array(fc.array(cell, { minLength: 2, maxLength: 4 }), { minLength: 1, maxLength: 5 }),
      (rows) => {
        const text = rows
          .map((cells) => cells.map((one) => `"${one.replaceAll('"', '""')}"`).join(';'))
          .join('\n')
        const filled = rows.filter((cells) => cells.some((one) => one !== ''))
        expect(
          rowsOf(`"x";"y"\n${text}`)
            .slice(1)
            .map(({ cells }) => cells),
        ).toEqual(filled)
      },
    ),
  )
})

test('what Excel saves as CSV on an old Windows is read too', () => {
  const windows = Buffer.from([0x5a, 0x44, 0x2d, 0x31, 0x3b, 0x43, 0x72, 0xe9, 0xe8])
  expect(csvRows(Buffer.concat([Buffer.from('a;b\n'), windows]))[1]?.cells).toEqual(['ZD-1', 'Créè'])
})

test('an Excel file gives the same as CSV, with dates and numbers as text and formulas unrun', async () => {
  const head = ['Verwijsnummer', 'Verwijsdatum', 'Specialisme'].map((value) => ({ value }))
  const content = await writeXlsxFile([
    head,
    [
      { value: 'ZD-1' },
      { value: new Date(Date.UTC(2026, 2, 9)), type: Date, format: 'dd-mm-yyyy' },
      { value: '=1+1' },
    ],
    [{ value: 1234567, type: Number }, null, { value: 'Cardiologie' }],
  ]).toBuffer()
  const { items, rows, errors } = readItemList(referral, await listRows(content))
  expect(errors).toEqual([])
  expect(items.map(({ data }) => data)).toEqual([
    { referralNumber: 'ZD-1', referralDate: '2026-03-09', specialty: '=1+1' },
    { referralNumber: '1234567', specialty: 'Cardiologie' },
  ])
  expect(rows).toEqual([2, 3])
})

test('a file that is not what it seems is refused before it is unpacked', async () => {
  await expect(listRows(Buffer.from('PK nothing'))).rejects.toThrow('no Excel file')
  await expect(listRows(bomb(2 * 1024 ** 3))).rejects.toThrow('unpacks to more')
  await expect(listRows(bomb(10))).rejects.toThrow('cannot be read')
  await expect(listRows(Buffer.alloc(6 * 1024 ** 2, 'a'))).rejects.toThrow('larger than 5 MB')
})

/** A zip of one file that says of itself that it becomes so many bytes. */
function bomb(unpacked: number): Buffer {
  const packed = deflateRawSync(Buffer.alloc(1024))
  const entry = Buffer.alloc(46 + 1)
  entry.writeUInt32LE(0x02014b50, 0)
  entry.writeUInt32LE(packed.length, 20)
  entry.writeUInt32LE(unpacked, 24)
  entry.writeUInt16LE(1, 28)
  const end = Buffer.alloc(22)
  end.writeUInt32LE(0x06054b50, 0)
  end.writeUInt16LE(1, 10)
  const start = Buffer.concat([Buffer.from('PK'), packed])
  end.writeUInt32LE(start.length, 16)
  return Buffer.concat([start, entry, end])
}

test.each([...bots.values()])(
  'robot $name tells the columns of its lists, with Dutch and English names',
  (bot) => {
    const columns = itemColumns(bot)
    expect(columns.some(({ needed }) => needed)).toBe(true)
    for (const { name, title } of columns) expect([title.nl, title.en]).not.toContain(name)
  },
)

test('yes and no, numbers and what cannot stand in a cell', () => {
  const bot = (item: z.ZodObject) =>
    defineBot({
      ...{
        name: 'b',
        title: { nl: '', en: '' },
        purpose: { nl: '', en: '' },
        activity: 'reporting',
        systems: {},
      },
      variants: { plain: { nl: '', en: '' } },
      settings: z.object({}),
      item: item as z.ZodObject<{ id: z.ZodString }>,
      reference: ({ id }) => id,
      process: () => Promise.resolve({ variant: 'plain' as const }),
    })
  const fields = z.object({ id: z.string(), urgent: z.boolean(), amount: z.number() })
  const { items, errors } = readItemList(
    bot(fields),
    rowsOf('id;urgent;amount\na;Ja;1,5\nb;nee;-2\nc;misschien;3\nd;ja;1.000,00'),
  )
  expect(items.map(({ data }) => data)).toEqual([
    { id: 'a', urgent: true, amount: 1.5 },
    { id: 'b', urgent: false, amount: -2 },
  ])
  expect(errors.map(({ row }) => row)).toEqual([4, 5])
  expect(() => itemColumns(bot(z.object({ id: z.string(), many: z.array(z.string()) })))).toThrow(
    'does not fit into a cell',
  )
})
