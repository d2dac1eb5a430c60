import { afterAll, beforeAll, expect, test } from 'vitest'
import { recordAccess } from '../../../orchestrator/ledger/access-log.ts'
import { asOwner } from '../../orchestrator/ledger/as-owner.ts'
import { openBench, type Bench } from '../../orchestrator/work/bench.ts'
import { openCommandLine, type CommandLine } from './run-cli.ts'

let bench: Bench
let line: CommandLine

beforeAll(async () => {
  bench = await openBench()
  line = await openCommandLine(bench.url)
  const access = {
    hospital: 'oost',
    actor: { kind: 'person' as const, id: 'jdv01' },
    responsible: 'jdv01',
    action: 'read' as const,
    subject: { kind: 'log' as const, id: 'access' },
    outcome: 'given' as const,
  }
  await recordAccess(bench.db, [access, access, access])
})
afterAll(async () => {
  await line[Symbol.asyncDispose]()
  await bench[Symbol.asyncDispose]()
})

const verify = (...more: string[]) => line.run(['audit', 'verify', ...more])

test('audit verify tells that all rows fit and where the log ends, and finds what was changed', async () => {
  const whole = await verify()
  expect(whole).toMatchObject({ code: 0, err: '' })
  expect(whole.out).toMatch(/^oost: all 3 rows fit, from .* to .* It ends at 3:[0-9a-f]{64}\n$/)
  const end = whole.out.trim().split(' ').at(-1) ?? ''
  expect(await verify('--hospital', 'oost', '--end', end)).toMatchObject({ code: 0 })
  const other = await verify('--hospital', 'oost', '--end', `4:${'0'.repeat(64)}`)
  expect(other).toMatchObject({ code: 1, out: expect.stringContaining('was cut off: it reached number 4') })

  const change = 'UPDATE access_entry SET actor = responsible || actor WHERE id = 2'
  await asOwner(bench.url, 'SET session_replication_role = replica', change)
  expect(await verify()).toMatchObject({
    code: 1,
    out: expect.stringContaining('number 2 (row 2) does not fit'),
  })
  expect(JSON.parse((await verify('--json')).out)).toMatchObject([
    { rows: 1, wrong: { number: 2, entry: 2 } },
  ])
})

test.each([
  [['--end', '3:00'], 'Option --end'],
  [['--hospital', 'west'], 'no such hospital'],
  [['--end', `3:${'0'.repeat(64)}`], 'give --hospital'],
])('audit verify %j is refused with what is right', async (options, sentence) => {
  expect(await verify(...options)).toMatchObject({ code: 1, err: expect.stringContaining(sentence) })
})
