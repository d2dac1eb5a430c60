import { mkdtempDisposable, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { z } from 'zod'
import { reportItems } from '../../../orchestrator/reported/report-items.ts'
import { openCommandLine } from './run-cli.ts'
import { openSmallLedger } from './small-ledger.ts'

const Listed = z.array(z.object({ id: z.string(), reference: z.string(), reportedBy: z.string().nullable() }))
const PERIOD = ['--from', '2024-02-01', '--to', '2024-02-01']

test('what a robot of another make reported says so, in the list, with the item and in the savings', async () => {
  await using ledger = await openSmallLedger()
  await using line = await openCommandLine(ledger.url)
  const ask = async (...args: string[]) => {
    const { code, out, err } = await line.run(args)
    expect({ code, err }).toMatchObject({ code: 0 })
    return out
  }
  const asJson = async (...args: string[]): Promise<unknown> => JSON.parse(await ask(...args))
  const savings = () => asJson('savings', ...PERIOD, '--format', 'json')
  expect(await savings()).toMatchObject({ deployments: [{ reported: false }] })
  expect(await ask('savings', ...PERIOD)).not.toContain('a robot of another make')

  const row = { deployment: 'oost-referral-intake', reference: 'F-1', variant: 'known-patient' }
  const done = { ...row, outcome: 'nothing' as const, completedAt: new Date('2024-02-01T10:00:00Z') }
  const reporting = { hospitals: 'all', account: 'robot-9', now: new Date() } as const
  await reportItems(ledger.db, [{ number: 1, row: done }], reporting)

  const rows = Listed.parse(await asJson('items', '--json'))
  const reported = rows.filter(({ reportedBy }) => reportedBy !== null)
  expect([rows.length, reported.length]).toEqual([4, 1])
  expect(reported[0]).toMatchObject({ reference: 'F-1', reportedBy: 'robot-9' })
  expect(await ask('items')).toContain('done (nothing), reported by robot-9')
  const id = reported[0]?.id ?? ''
  expect(await ask('item', id)).toContain('Reported by robot-9 (a robot of another make did it)')
  expect(await asJson('item', id, '--json')).toMatchObject({ reportedBy: 'robot-9' })
  expect(await ask('item', ledger.done)).not.toContain('Reported by')
  expect(await savings()).toMatchObject({ deployments: [{ reported: true }] })
  expect(await ask('savings', ...PERIOD)).toMatch(
    /oost-referral-intake │ yes .*\n[^]*a robot of another make/,
  )
})

test('a file is taken in, listed and withdrawn from the command line', async () => {
  await using ledger = await openSmallLedger()
  await using line = await openCommandLine(ledger.url)
  await using folder = await mkdtempDisposable(join(tmpdir(), 'ontregel-import-'))
  const file = join(folder.path, 'items.csv')
  const head = 'deployment,reference,variant,outcome,completedAt'
  await writeFile(file, `${head}\r\noost-referral-intake,F-1,known-patient,nothing,2024-02-01T10:00:00Z\r\n`)
  expect(await line.run(['savings', 'import', file, '--account', 'ada'])).toMatchObject({
    code: 0,
    out: expect.stringContaining('Took in 1 item: import 1 of oost.'),
  })
  const listed = await line.run(['savings', 'imports'])
  expect(listed.out).toContain('oost-referral-intake')
  const withdraw = [
    'savings',
    'withdraw-import',
    '1',
    '--reason',
    'test data',
    '--name',
    'A. de Boer',
    '--account',
    'ada',
  ]
  expect(await line.run(withdraw)).toMatchObject({
    code: 0,
    out: expect.stringContaining('Import 1 is withdrawn'),
  })
  expect((await line.run(['savings', 'imports'])).out).toContain('withdrawn by A. de Boer')
  // That earlier totals were others is said in every form.
  const forms = await Promise.all(
    ['table', 'json', 'csv', 'csv-counts'].map((form) => line.run(['savings', ...PERIOD, '--format', form])),
  )
  const [table, json, csv, counts] = forms.map(({ out }) => out)
  expect(table).toMatch(/: earlier totals of this period were others: import 1: 1 items withdrawn on \d{4}-/)
  expect(JSON.parse(json ?? '')).toMatchObject({
    withdrawnImports: [{ hospital: 'oost', import: 1, items: 1 }],
    months: [{ month: '2024-02', deployments: [{ id: 'oost-referral-intake' }] }],
  })
  expect(csv).toContain('import 1: 1 items withdrawn on')
  // Nothing else was counted on that day, so there is no line to say it on.
  expect(counts?.trim()).toMatch(/^from,[a-zA-Z,]+,hospitalWithdrawnImports$/)
  const again = await line.run(withdraw)
  expect(again.code).toBe(1)
  expect(again.err).toContain('import 1 was withdrawn already')
  expect((await line.run(['savings', 'import', file, '--account', 'ada'])).out).toContain('import 2')
  const ofOneCase = ['F-2', 'F-3', 'F-4'].map(
    (reference) => `oost-referral-intake,${reference},known-patient,done,2024-02-01T10:00:00Z,5`,
  )
  await writeFile(file, [`${head},case`, ...ofOneCase].join('\r\n'))
  const { out } = await line.run(['savings', 'import', file, '--account', 'ada'])
  expect(out).toContain('Took in 3 items: import 3 of oost.\nOf these 2 are left out of the savings')
})
