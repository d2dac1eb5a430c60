import { setTimeout as delay } from 'node:timers/promises'
import type { EndpointClass, Fault, FaultKind, Faults } from '../faults.ts'
import type { Answer } from './interactions.ts'
import { FhirProblem, outcomeOf } from './outcome.ts'
import type { Call } from './perform.ts'
import { recordName, type Routed } from './routes.ts'

const SUPPORTED: readonly FaultKind[] = [
  'slow',
  'error-but-applied',
  'error-not-applied',
  'applied-late',
  'search-lags',
]

/** Runs a call as the hospital's faults want it. `reset`: the connection is to be broken without an answer. */
export async function misbehave(faults: Faults, call: Call, run: () => Routed): Promise<Answer | 'reset'> {
  const fault = faults.draw(classOf(call), SUPPORTED)
  if (!fault) return run().answer
  if (fault.kind === 'slow') await delay(fault.ms)
  if (fault.kind === 'slow' || fault.kind === 'search-lags') {
    const { answer, written } = run()
    if (fault.kind === 'search-lags') written.forEach((one) => faults.hide(recordName(one), fault.ms))
    return answer
  }
  if (fault.kind === 'error-but-applied') run()
  if (fault.kind === 'applied-late') faults.later(fault.ms, () => void run())
  return fault.shows === 'reset' ? 'reset' : failure(fault)
}

function classOf({ method, path }: Call): EndpointClass {
  if (method === 'POST') return path[1] === '_search' ? 'search' : 'write'
  if (method === 'PUT' || method === 'PATCH') return 'write'
  return path.length === 1 ? 'search' : 'read'
}

/** Only an error after which nothing happened is a 503, and not each of those says when to come back. */
function failure({ kind, variant }: Fault): Answer {
  const [status, code] =
    kind === 'error-not-applied'
      ? [503, 'transient']
      : kind === 'applied-late'
        ? [504, 'timeout']
        : [500, 'exception']
  const headers = status === 503 && variant > 0 ? { 'retry-after': String(variant) } : {}
  const problem = new FhirProblem(Number(status), String(code), 'The server could not answer properly.')
  return { status: problem.status, headers, body: outcomeOf(problem) }
}
