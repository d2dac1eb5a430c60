import { expect, test } from 'vitest'
import { Failure, type FailureKind } from '../../../connectors/failure.ts'
import { backoff, verdict, type Phase } from '../../../orchestrator/work/verdict.ts'
import { timing } from './bench.ts'

const waits = { ...timing, quietSeconds: 120, backoffSeconds: 10, maxAttempts: 5 }
const failure = (kind: FailureKind) => new Failure(kind, 'code', 'Sentence.')

test.each<[Phase, FailureKind, number, ReturnType<typeof verdict>]>([
  ['claimed', 'business', 1, { to: 'parked', kind: 'business' }],
  ['claimed', 'unexpected', 1, { to: 'parked', kind: 'technical' }],
  ['claimed', 'transient', 1, { to: 'queued', delaySeconds: 10 }],
  ['claimed', 'unsure', 2, { to: 'queued', delaySeconds: 20 }],
  ['claimed', 'transient', 5, { to: 'parked', kind: 'technical' }],
  ['armed', 'business', 1, { to: 'unsure', quietSeconds: 120 }],
  ['armed', 'transient', 1, { to: 'unsure', quietSeconds: 120 }],
  ['armed', 'unexpected', 5, { to: 'unsure', quietSeconds: 120 }],
  ['armed', 'unsure', 5, { to: 'unsure', quietSeconds: 120 }],
  ['looking', 'business', 1, { to: 'parked', kind: 'unsure' }],
  ['looking', 'unexpected', 1, { to: 'parked', kind: 'unsure' }],
  ['looking', 'transient', 9, { to: 'unsure', quietSeconds: 40 }],
  ['looking', 'unsure', 9, { to: 'unsure', quietSeconds: 40 }],
  ['repeating', 'business', 1, { to: 'parked', kind: 'unsure' }],
  ['repeating', 'unexpected', 1, { to: 'parked', kind: 'unsure' }],
  ['repeating', 'transient', 1, { to: 'queued', delaySeconds: 10 }],
  ['repeating', 'transient', 5, { to: 'parked', kind: 'unsure' }],
])('%s and %s at attempt %i', (phase, kind, attempt, expected) => {
  expect(verdict(failure(kind), phase, { attempt, looks: 2 }, waits, 0)).toEqual(expected)
})

test('waits double up to an hour, and up to half as long again by chance', () => {
  expect([1, 2, 3, 4].map((tries) => backoff(tries, waits, 0))).toEqual([10, 20, 40, 80])
  expect(backoff(1000, waits, 0)).toBe(3600)
  expect(backoff(1, waits, 0.999)).toBeCloseTo(15, 1)
})
