import { execFileSync } from 'node:child_process'
import { expect, test } from 'vitest'
import { timestamp } from '../../../connectors/hl7/build.ts'

test.each([
  ['2026-11-22T07:30:00Z', '20261122083000+0100'],
  ['2026-07-01T22:05:09.999Z', '20260702000509+0200'],
  ['2026-03-29T00:59:59Z', '20260329015959+0100'],
  ['2026-03-29T01:00:00Z', '20260329030000+0200'],
  ['2026-10-25T00:59:59Z', '20261025025959+0200'],
  ['2026-10-25T01:00:00Z', '20261025020000+0100'],
  ['2026-12-31T23:30:00Z', '20270101003000+0100'],
])('%s is written %s', (moment, written) => {
  expect(timestamp(new Date(moment))).toBe(written)
})

test.each(['UTC', 'America/New_York', 'Asia/Kolkata'])('also on a machine in %s', (zone) => {
  const program = `import { timestamp } from './connectors/hl7/build.ts'
    console.log(timestamp(new Date('2026-11-22T07:30:00Z')))`
  const env = { ...process.env, TZ: zone }
  const args = ['--input-type=module-typescript', '--eval', program]
  const out = execFileSync(process.execPath, args, { env, encoding: 'utf8', cwd: process.cwd() })
  expect(out.trim()).toBe('20261122083000+0100')
})
