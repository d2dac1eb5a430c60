import { appendFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, test, vi } from 'vitest'
import { createFaults, type EndpointClass } from '../practice-hospital/faults.ts'
import { end, startPracticeProcess, temporaryFolder, type PracticeProcess } from './practice-process.ts'

function registry({ at, accounts }: PracticeProcess) {
  const headers = { authorization: `Bearer ${accounts.registry.token}` }
  return {
    submit: (zaaknummer: string, kenmerk: string, more: Record<string, string> = {}) =>
      fetch(`${at.registry}/inzendingen`, {
        method: 'POST',
        headers,
        body: new URLSearchParams({ zaaknummer, kenmerk, waarde: '1', ...more }),
      }),
    found: async (kenmerk: string) => {
      const answer = await fetch(`${at.registry}/inzendingen?kenmerk=${kenmerk}`, { headers })
      return Number(/(\d+) gevonden/.exec(await answer.text())?.[1])
    },
  }
}

async function withFault(practice: PracticeProcess, kind: string, more: object = {}) {
  await practice.control('/faults', { rate: 1, kinds: [kind], seed: 3, ...more })
  return registry(practice)
}

const sentTwice = { effects: 2, keys: 1, duplicates: 1, duplicateMarkers: 1 }

test('a submission sent twice is two entries', async () => {
  using folder = temporaryFolder()
  await using practice = await startPracticeProcess(folder.path)
  const { submit, found } = registry(practice)
  expect((await submit('Z-1', 'k-1')).status).toBe(201)
  expect((await submit('Z-1', 'k-1')).status).toBe(201)
  expect(await found('k-1')).toBe(2)
  expect(await practice.control('/witness/summary')).toEqual({ 'registry-entry': sentTwice })
})

test('effects are there after a kill -9 and a half-written line, and the hospital goes on counting', async () => {
  using folder = temporaryFolder()
  const killed = await startPracticeProcess(folder.path)
  await registry(killed).submit('Z-1', 'k-1')
  await end(killed.process, 'SIGKILL')
  appendFileSync(join(folder.path, 'practice.jsonl'), '{"c":"witness","k":"2","v":{"ki')
  await using practice = await startPracticeProcess(folder.path)
  expect(await registry(practice).found('k-1')).toBe(1)
  expect(practice.accounts).toEqual(killed.accounts)
  await registry(practice).submit('Z-1', 'k-1')
  expect(await practice.control('/witness/summary')).toEqual({ 'registry-entry': sentTwice })
})

test('error but applied answers 500 or breaks off, and the entry is there', async () => {
  using folder = temporaryFolder()
  await using practice = await startPracticeProcess(folder.path)
  const { submit, found } = await withFault(practice, 'error-but-applied')
  const status = await submit('Z-1', 'k-1').then(
    ({ status: code }) => code,
    () => 'broken off',
  )
  expect([500, 'broken off']).toContain(status)
  await practice.control('/faults', { rate: 0 })
  expect(await found('k-1')).toBe(1)
})

test('a broken connection can be asked for, and the entry is there', async () => {
  using folder = temporaryFolder()
  await using practice = await startPracticeProcess(folder.path)
  const { submit } = await withFault(practice, 'error-but-applied', { shows: ['reset'] })
  await expect(submit('Z-1', 'k-1')).rejects.toThrow('fetch failed')
  expect(await practice.control('/witness')).toHaveLength(1)
})

test('error and not applied leaves nothing', async () => {
  using folder = temporaryFolder()
  await using practice = await startPracticeProcess(folder.path)
  const { submit } = await withFault(practice, 'error-not-applied')
  await submit('Z-1', 'k-1').then(
    ({ status }) => expect(status).toBe(500),
    () => undefined,
  )
  expect(await practice.control('/witness')).toEqual([])
})

test('applied late answers 504 first and applies within lateMs', async () => {
  using folder = temporaryFolder()
  await using practice = await startPracticeProcess(folder.path)
  const { submit } = await withFault(practice, 'applied-late', { lateMs: 1500 })
  expect((await submit('Z-1', 'k-1')).status).toBe(504)
  expect(await practice.control('/witness')).toEqual([])
  await vi.waitFor(async () => expect(await practice.control('/witness')).toHaveLength(1), {
    timeout: 20_000,
  })
})

test('a search that lags does not find the new entry until it does', async () => {
  using folder = temporaryFolder()
  await using practice = await startPracticeProcess(folder.path)
  const { submit, found } = await withFault(practice, 'search-lags', { lateMs: 1500 })
  expect((await submit('Z-1', 'k-1')).status).toBe(201)
  expect(await found('k-1')).toBe(0)
  await vi.waitFor(async () => expect(await found('k-1')).toBe(1), { timeout: 20_000 })
})

test('a double confirmation keeps nothing until the second confirmation', async () => {
  using folder = temporaryFolder()
  await using practice = await startPracticeProcess(folder.path)
  const { submit } = await withFault(practice, 'double-confirmation')
  expect(await (await submit('Z-1', 'k-1')).text()).toContain('Definitief bevestigen')
  expect(await practice.control('/witness')).toEqual([])
  expect((await submit('Z-1', 'k-1', { _bevestigd: '1' })).status).toBe(201)
})

test('the faults of a seed come back with that seed, at about the rate asked for', () => {
  const drawn = (seed: number) => {
    const faults = createFaults(seed, () => new Date(0))
    faults.configure({ rate: 0.25 })
    const classes: EndpointClass[] = ['write', 'search', 'page', 'read']
    return Array.from({ length: 400 }, (_, turn) => faults.draw(classes[turn % 4] ?? 'read'))
  }
  expect(drawn(7)).toEqual(drawn(7))
  expect(drawn(7)).not.toEqual(drawn(8))
  const rate = drawn(7).filter(Boolean).length / 400
  expect(rate).toBeGreaterThan(0.18)
  expect(rate).toBeLessThan(0.32)
})
