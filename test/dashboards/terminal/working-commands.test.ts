import { createInterface } from 'node:readline'
import { expect, test } from 'vitest'
import { readItemHistory } from '../../../orchestrator/ledger/reading.ts'
import { openCommandLine } from './run-cli.ts'
import { openSmallLedger } from './small-ledger.ts'

test('a run of a deployment that is not there says where those that are can be seen', async () => {
  await using ledger = await openSmallLedger()
  await using line = await openCommandLine(ledger.url)
  const { code, out, err } = await line.run(['run', 'west-referral-intake'])
  expect({ code, out }).toEqual({ code: 1, out: '' })
  expect(err).toContain('There is no deployment "west-referral-intake": see "ontregel deployments"')
})

test('a run without a worker says that nothing will happen', async () => {
  await using ledger = await openSmallLedger()
  await using line = await openCommandLine(ledger.url)
  const { code, out, err } = await line.run(['run', 'oost-referral-intake'])
  expect(code).toBe(0)
  expect(out).toMatch(/^Run [0-9a-f-]{36} of oost-referral-intake was asked for\.\n$/)
  expect(err).toContain('No worker gave a sign of life')
})

test('serve works until it is told to stop; a watched run is seen to its end', async () => {
  await using ledger = await openSmallLedger()
  await using line = await openCommandLine(ledger.url)
  const { child, ended } = line.start(['serve'])
  if (!child.stdout) throw new Error('It has no output.')
  const lines = createInterface(child.stdout)
  for await (const said of lines) if (said.startsWith('Working: 4 items')) break
  const watched = await line.run(['run', 'oost-referral-intake', '--watch'])
  // The deployment lacks settings and systems, so the run must fail, and say which.
  expect(watched).toMatchObject({ code: 1, err: expect.stringContaining('The run failed: Field ') })
  expect(watched.err).not.toContain('No worker')
  const told = performance.now()
  child.kill('SIGTERM')
  const { code, err } = await ended
  expect(code).toBe(0)
  expect(performance.now() - told).toBeLessThan(20_000)
  expect(err).toContain('Stopped.')
  expect(await ledger.db.selectFrom('worker').selectAll().execute()).toEqual([])
})

test('who watches a run may leave; the run is still there', async () => {
  await using ledger = await openSmallLedger()
  await using line = await openCommandLine(ledger.url)
  const { child, ended } = line.start(['run', 'oost-referral-intake', '--watch'])
  if (!child.stdout) throw new Error('It has no output.')
  for await (const said of createInterface(child.stdout)) if (said.includes('waits for a worker')) break
  child.kill('SIGINT')
  expect(await ended).toMatchObject({ code: 130 })
  expect(await ledger.db.selectFrom('run').select('state').execute()).toEqual([{ state: 'waiting' }])
})

test('a person handles parked items from the terminal', async () => {
  await using ledger = await openSmallLedger()
  await using line = await openCommandLine(ledger.url)
  const by = ['--minutes', '2.5', '--account', 'jdv01']
  const wrong = ['item', ledger.parked, 'done-by-hand', '--variant', 'none', '--reference', 'EPD-1', ...by]
  expect(await line.run(wrong)).toMatchObject({
    code: 1,
    err: expect.stringContaining('choose from known-patient, new-patient'),
  })
  const right = wrong.with(4, 'known-patient')
  expect(await line.run(right)).toMatchObject({ code: 0, out: expect.stringContaining('done by hand') })
  const history = await readItemHistory(ledger.db, ledger.parked)
  expect(history).toMatchObject({ state: 'done', outcome: 'by-hand', variant: 'known-patient' })
  expect(history?.events.at(-1)?.detail).toMatchObject({ account: 'jdv01', humanSeconds: 150, share: 0.5 })
  const again = ['item', ledger.parked, 'cancel', '--reason', 'sent twice', ...by]
  expect(await line.run(again)).toMatchObject({
    code: 1,
    err: expect.stringContaining('does not wait for a person'),
  })
})

test('who reads a list may leave early', async () => {
  await using ledger = await openSmallLedger()
  await using line = await openCommandLine(ledger.url)
  const { child, ended } = line.start(['items'])
  child.stdout?.destroy()
  expect(await ended).toEqual({ code: 0, out: '', err: '' })
})
