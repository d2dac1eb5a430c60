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
