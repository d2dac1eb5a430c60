import { sql } from 'kysely'
import { expect, test, vi } from 'vitest'
import { liveLines, type LiveOptions } from '../../../dashboards/terminal/live-lines.ts'
import { addItems } from '../../../orchestrator/ledger/items.ts'
import { asOwner } from '../../owner.ts'
import { openSmallLedger, type SmallLedger } from './small-ledger.ts'

const DEPLOYMENTS = [{ id: 'oost-referral-intake', title: 'Referral intake' }]

/** Live lines that write into a list. */
function show(ledger: SmallLedger, options: Pick<LiveOptions, 'isTerminal'>) {
  const written: string[] = []
  const write = (text: string) => void written.push(text)
  return {
    written,
    lines: liveLines(ledger.db, DEPLOYMENTS, write, { width: () => 80, everyMs: 20, ...options }),
  }
}

const addOne = (ledger: SmallLedger, reference: string) =>
  addItems(ledger.db, { hospital: 'oost', deployment: 'oost-referral-intake', run: null }, [
    { reference, caseReference: reference, data: {} },
  ])

test('in a terminal each drawing takes the place of the one before, and shows what changed', async () => {
  await using ledger = await openSmallLedger()
  const { written, lines } = show(ledger, { isTerminal: true })
  await vi.waitFor(() => expect(written).toHaveLength(1), { timeout: 20_000 })
  expect(written[0]).toMatch(/^Referral intake ██████░░░░ 1 done {2}1 parked {2}1 waiting {2}waits\n$/)
  await addOne(ledger, 'V-104')
  await vi.waitFor(() => expect(written.at(-1)).toContain('2 waiting'), { timeout: 20_000 })
  // Up over the one line, and what stood there is gone; nothing was drawn while nothing changed.
  expect(written.map((text) => text.startsWith('\u001B[1A\r\u001B[0J'))).toEqual([false, true])
  await lines.stop()
  const drawings = written.length
  await addOne(ledger, 'V-105')
  expect(written).toHaveLength(drawings)
})

test('what is printed meanwhile stands above the lines', async () => {
  await using ledger = await openSmallLedger()
  const { written, lines } = show(ledger, { isTerminal: true })
  await vi.waitFor(() => expect(written.length).toBeGreaterThan(0), { timeout: 20_000 })
  const before = written.length
  lines.interrupt(() => void written.push('a log line\n'))
  expect(written.slice(before)).toEqual([
    '\u001B[1A\r\u001B[0J',
    'a log line\n',
    expect.stringMatching(/^Referral/),
  ])
  await lines.stop()
})

test('elsewhere a plain line is written only for what changed', async () => {
  await using ledger = await openSmallLedger()
  const { written, lines } = show(ledger, { isTerminal: false })
  await vi.waitFor(() => expect(written).toHaveLength(1), { timeout: 20_000 })
  await addOne(ledger, 'V-104')
  await vi.waitFor(() => expect(written).toHaveLength(2), { timeout: 20_000 })
  await lines.stop()
  expect(written).toEqual([
    'oost-referral-intake: 1 done, 1 parked, 1 waiting; waits\n',
    'oost-referral-intake: 1 done, 1 parked, 2 waiting; waits\n',
  ])
})

test('a ledger that cannot be read is said, and does not end the lines', async () => {
  await using ledger = await openSmallLedger()
  const { written, lines } = show(ledger, { isTerminal: false })
  await vi.waitFor(() => expect(written).toHaveLength(1), { timeout: 20_000 })
  await asOwner(ledger.url, sql`ALTER TABLE day_count RENAME TO away`)
  await vi.waitFor(() => expect(written.at(-1)).toContain('cannot be read now'), { timeout: 20_000 })
  await asOwner(ledger.url, sql`ALTER TABLE away RENAME TO day_count`)
  await addOne(ledger, 'V-104')
  await vi.waitFor(() => expect(written.at(-1)).toContain('2 waiting'), { timeout: 20_000 })
  await lines.stop()
})
